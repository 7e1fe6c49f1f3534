import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const src = new URL("../../src", import.meta.url).pathname;

/** Layer of a file: the first folder below src, or the file itself. */
const layerOf = (path: string) => relative(src, path).split("/")[0] ?? "";

const domain = [
	"posts",
	"comments",
	"identities",
	"reactions",
	"members",
	"moderation",
	"notifications",
	"freshness",
];
const atBuild = ["publish", "import", "export", "cli"];
const everywhere = [...domain, "errors.ts"];

/** Who may import whom; a layer may always import itself. */
const allowed: Record<string, readonly string[]> = {
	posts: ["errors.ts", "jwt.ts", "reactions"],
	comments: ["errors.ts", "jwt.ts", "posts", "reactions"],
	reactions: ["errors.ts", "posts", "comments"],
	identities: ["errors.ts", "comments"],
	members: ["errors.ts", "jwt.ts"],
	moderation: ["errors.ts", "posts", "comments", "reactions", "members"],
	notifications: ["errors.ts", "posts", "comments", "reactions", "identities"],
	freshness: ["errors.ts", "posts", "comments", "reactions"],
	db: everywhere,
	platform: [...everywhere, "jwt.ts", "env.ts"],
	web: [...everywhere],
	publish: [...domain],
	import: [...domain, "publish"],
	export: [...domain, "publish"],
	cli: [...everywhere, "publish", "import", "export", "db", "env.ts"],
	"services.ts": [...everywhere, "db", "platform", "env.ts", "ways-out.ts"],
	"ways-out.ts": [...everywhere, "platform", "env.ts"],
	"app.tsx": [...everywhere, "web", "services.ts", "env.ts"],
	"scheduled.ts": [...everywhere, "services.ts"],
	"index.ts": ["app.tsx", "scheduled.ts", "services.ts", "env.ts"],
	"env.ts": [],
	"errors.ts": [],
	"jwt.ts": [],
	"content.d.ts": ["posts"],
};

/** The two types a request carries: web's context names them, and nothing else in web may. */
const contextTypes = ["services.ts", "env.ts"];

const packagesAllowed: Record<string, RegExp> = {
	...Object.fromEntries(
		domain.map((layer) => [
			layer,
			/^(marked|marked-.+|github-slugger|highlight\.js\/.+|temml|unhomoglyph\/data\.json|valibot|xss)$/,
		]),
	),
	db: /^(drizzle-orm|@cloudflare\/workers-types)/,
	web: /^(hono|valibot|feedsmith|@simplewebauthn\/browser)(\/|$)/,
};

const files = walk(src).filter((path) => /\.tsx?$/.test(path));
const imports = files.flatMap((file) =>
	[...readFileSync(file, "utf8").matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)"([^"]+)"/g)].map(([, target]) => ({
		file,
		target: target ?? "",
	})),
);

describe("architecture", () => {
	it("finds the imports it is to judge", () => {
		expect(files.length).toBeGreaterThan(40);
		expect(imports.length).toBeGreaterThan(100);
	});

	it("lets each layer import only what its place allows", () => {
		const wrong = imports
			.filter(({ target }) => target.startsWith("."))
			.filter(({ file, target }) => {
				const [from, to] = [layerOf(file), layerOf(resolve(dirname(file), target))];
				if (from === to) return false;
				if (relative(src, file) === "web/context.ts" && contextTypes.includes(to)) return false;
				return !(allowed[from] ?? []).includes(to);
			})
			.map(({ file, target }) => `${relative(src, file)} imports ${target}`);
		expect(wrong).toEqual([]);
	});

	it("keeps frameworks, stores and Node out of the domain", () => {
		const wrong = imports
			.filter(({ target }) => !target.startsWith(".") && !target.startsWith("#"))
			.filter(({ file, target }) => {
				const layer = layerOf(file);
				if (atBuild.includes(layer)) return false;
				if (target.startsWith("node:")) return true;
				const rule = packagesAllowed[layer];
				return rule !== undefined && !rule.test(target);
			})
			.map(({ file, target }) => `${relative(src, file)} imports ${target}`);
		expect(wrong).toEqual([]);
	});

	it("has no import cycle", () => {
		const edges = new Map<string, string[]>();
		for (const { file, target } of imports.filter(({ target }) => target.startsWith("."))) {
			edges.set(file, [...(edges.get(file) ?? []), resolve(dirname(file), target)]);
		}
		const done = new Set<string>();
		const cycles: string[] = [];
		const visit = (file: string, trail: string[]) => {
			if (trail.includes(file)) {
				cycles.push(
					[...trail.slice(trail.indexOf(file)), file].map((path) => relative(src, path)).join(" > "),
				);
				return;
			}
			if (done.has(file)) return;
			for (const next of edges.get(file) ?? []) visit(next, [...trail, file]);
			done.add(file);
		};
		for (const file of files) visit(file, []);
		expect(cycles).toEqual([]);
	});

	it("lets raw HTML into a view in one place only", () => {
		const raw = imports.filter(
			({ file, target }) =>
				target === "hono/html" &&
				/import \{[^}]*\braw\b[^}]*\} from "hono\/html"/.test(readFileSync(file, "utf8")),
		);
		expect(raw.map(({ file }) => relative(src, file))).toEqual(["web/views/prose.tsx"]);
		const dangerous = files.filter((file) => readFileSync(file, "utf8").includes("dangerouslySetInnerHTML"));
		expect(dangerous).toEqual([]);
	});
});

function walk(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? walk(path) : [path];
	});
}
