import { describe, expect, it } from "vitest";
import {
	enginePaths,
	isAdminPath,
	privateSegments,
	reservedSegments,
} from "../../../src/posts/engine-paths.ts";
import { feedExtensions } from "../../../src/posts/locations.ts";
import { admin } from "../../../src/web/admin/index.ts";
import { api } from "../../../src/web/api/index.ts";
import { speculationRules } from "../../../src/web/http/speculation-rules.ts";
import { site } from "../../../src/web/site/index.ts";
import { visitor } from "../../../src/web/visitor/index.ts";
import { routeTable } from "../../support/route-table.ts";

type Routes = typeof site;

/** Returns the first segments of an area's routes; not those that are a parameter, such as a year or a language. */
function segmentsOf(area: Routes): string[] {
	const routes = area.routes.filter(({ method }) => method !== "ALL");
	return [...new Set(routes.map(({ path }) => path.split("/")[1] ?? ""))].filter(
		(segment) => segment !== "" && !segment.startsWith(":"),
	);
}

describe("the table of the engine's own paths", () => {
	it("lists the first segment of every route in its area", () => {
		expect(segmentsOf(visitor).sort()).toEqual([...enginePaths.visitor].sort());
		expect(segmentsOf(api).sort()).toEqual([...enginePaths.api].sort());
		expect(segmentsOf(admin).sort()).toEqual([...enginePaths.admin].sort());
		// A comment's permalink and the count of comments are shared, below a visitor's path.
		const shared = [...enginePaths.pages, ...enginePaths.files, "comments"];
		expect(segmentsOf(site).sort()).toEqual(shared.sort());
	});

	it("lists every route of the app, except those that begin with a parameter", () => {
		const literal = routeTable
			.map(({ path }) => path.split("/")[1] ?? "")
			.filter((name) => /^[a-z]/.test(name));
		expect(literal.length).toBeGreaterThan(60);
		expect(literal.filter((name) => !reservedSegments.has(name))).toEqual([]);
		const parameters = routeTable.map(({ path }) => path).filter((path) => /^\/[:*]/.test(path));
		expect(new Set(parameters)).toEqual(
			new Set([
				"/:year/",
				"/:year/:month/",
				"/:lang/",
				"/:lang/page/:number/",
				...feedExtensions.map((extension) => `/:lang/feed.${extension}`),
				"/:file",
				...feedExtensions.map((extension) => `/:post/comments.${extension}`),
				"/:post/index.md",
				"/*",
			]),
		);
	});

	it("names no segment twice", () => {
		expect(Object.values(enginePaths).flat().length).toBe(reservedSegments.size);
	});

	it("knows admin pages by their whole first segment", () => {
		for (const path of ["/admin", "/admin/", "/admin/x", "/moderation/a.b.c"])
			expect(isAdminPath(path)).toBe(true);
		for (const path of ["/", "/administration/", "/me/admin", "/Admin"])
			expect(isAdminPath(path)).toBe(false);
	});
});

describe("the speculation rules", () => {
	it("exclude private paths and files, but no post whose path begins alike", async () => {
		const { text } = await speculationRules();
		const patterns: string[] = JSON.parse(text).prefetch[0].where.and[1].not.href_matches;
		const excluded = (path: string) =>
			patterns.some((pattern) =>
				new RegExp(`^${pattern.replace(/[.]/g, "\\.").replace(/\*/g, ".*")}$`).test(path),
			);
		for (const segment of privateSegments) {
			expect([segment, excluded(`/${segment}`), excluded(`/${segment}/x`)]).toEqual([segment, true, true]);
			expect(excluded(`/${segment}-cat/`)).toBe(false);
		}
		for (const path of ["/feed.xml", "/tag/cats/feed.xml", "/media/cat.jpg"])
			expect(excluded(path)).toBe(true);
		for (const path of ["/", "/menu/", "/archive/", "/2024/05/01/hello/"]) expect(excluded(path)).toBe(false);
	});
});
