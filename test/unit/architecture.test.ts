import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

const src = new URL("../../src", import.meta.url).pathname;

/** Returns the layer of a file: the first folder below src, or the file itself. */
const layerOf = (path: string) => relative(src, path).split("/")[0] ?? "";

const domain = [
	"text",
	"posts",
	"search",
	"comments",
	"identities",
	"reactions",
	"members",
	"moderation",
	"notifications",
	"caching",
	"tokens",
	"monitoring",
];
/** Layers that run in Node and never in the Worker. */
const atBuild = ["build", "import", "backup", "export", "selfhost", "cli"];
const everywhere = [...domain, "errors.ts", "budget.ts", "log.ts", "invocation.ts"];

/** The layers each layer may import, besides itself. A layer without a line may import nothing and be imported by nobody. */
const allowed: Record<string, readonly string[]> = {
	text: [],
	tokens: [],
	reactions: [],
	posts: ["errors.ts", "text", "tokens", "reactions"],
	search: ["text", "posts"],
	comments: ["log.ts", "errors.ts", "budget.ts", "text", "tokens", "posts", "reactions"],
	identities: ["tokens", "comments"],
	members: ["log.ts", "text", "tokens"],
	moderation: ["log.ts", "budget.ts", "text", "tokens", "posts", "comments"],
	notifications: [
		"errors.ts",
		"log.ts",
		"budget.ts",
		"text",
		"tokens",
		"posts",
		"comments",
		"identities",
		"monitoring",
	],
	caching: ["errors.ts", "budget.ts"],
	monitoring: ["budget.ts"],
	db: domain,
	platform: [...domain, "env.ts", "log.ts"],
	web: everywhere,
	build: ["text", "posts", "reactions", "search"],
	import: ["text", "posts", "comments", "members", "moderation", "notifications", "build", "db"],
	backup: ["db"],
	export: [...domain, "build", "db", "web"],
	selfhost: ["build"],
	// Workers beside the blog's own, and two that wrap it.
	sidecars: ["index.ts", "env.ts", "posts", "db", "members", "web"],
	cli: [...everywhere, "build", "import", "backup", "export", "selfhost", "db"],
	"services.ts": [
		...domain,
		"log.ts",
		"invocation.ts",
		"db",
		"platform",
		"env.ts",
		"notification-channels.ts",
		"on-demand.ts",
	],
	"notification-channels.ts": [...domain, "platform", "env.ts"],
	"every-area.ts": ["web"],
	"app.ts": ["every-area.ts", "posts", "web", "log.ts", "invocation.ts", "services.ts", "env.ts"],
	"scheduled.ts": [...domain, "errors.ts", "log.ts", "services.ts", "budget.ts"],
	"index.ts": ["log.ts", "app.ts", "scheduled.ts", "services.ts", "env.ts"],
	"env.ts": [],
	"errors.ts": [],
	"log.ts": ["errors.ts"],
	"budget.ts": [],
	"invocation.ts": [],
	"on-demand.ts": [],
	"async-hooks.d.ts": [],
	"content.d.ts": ["posts"],
};

/**
 * Single files that may import a layer their own may not: the types every request carries are named in one place, and a
 * static copy runs the app.
 */
const exceptions: Record<string, readonly string[]> = {
	// Bodies are rendered with interface strings, which every view has too.
	"build/render-body.ts": ["web"],
	"web/http/context.ts": ["services.ts", "env.ts"],
	"export/static/app.ts": ["app.ts", "every-area.ts", "services.ts", "env.ts", "log.ts"],
	"export/static/bundle.ts": ["env.ts"],
};

/** The packages of layers that may not import any package. */
const packagesAllowed: Record<string, readonly string[]> = {
	text: [],
	tokens: ["jose", "valibot"],
	reactions: [],
	posts: ["marked", "github-slugger", "entities", "htmlparser2", "uuid", "valibot"],
	search: ["stemmer"],
	comments: ["marked", "xss", "unhomoglyph/data.json", "entities", "htmlparser2", "valibot"],
	identities: [],
	members: ["valibot"],
	moderation: ["valibot"],
	notifications: ["valibot"],
	caching: [],
	monitoring: [],
	db: ["drizzle-orm", "@cloudflare/workers-types", "valibot"],
	web: ["hono", "valibot", "xastscript", "xast-util-to-xml", "schema-dts", "@simplewebauthn/browser"],
};

/** The only file of the Workers that may import Node's modules, of which workerd has its own. */
const nodeUser = "sidecars/smtp.ts";

/** The only view that may receive HTML as it is. */
const rawHtmlView = "web/ui/prose.tsx";

const files = walk(src).filter((path) => /\.tsx?$/.test(path));
const imports = files.flatMap((file) =>
	[...readFileSync(file, "utf8").matchAll(/(?:\bfrom\s+|\bimport\s*\(?\s*)"([^"]+)"/g)].map(([, target]) => ({
		file,
		target: target ?? "",
	})),
);

/** Whether an import is of a package or of a file in it. */
const isOf = (name: string, target: string) => target === name || target.startsWith(`${name}/`);

describe("architecture", () => {
	it("finds the imports it is to judge", () => {
		expect(files.length).toBeGreaterThan(300);
		expect(imports.length).toBeGreaterThan(1000);
	});

	it("has a rule for each layer, and no rule for one that does not exist", () => {
		const layers = [...new Set(files.map(layerOf))].sort();
		expect(Object.keys(allowed).sort()).toEqual(layers);
		const named = [...Object.values(allowed), ...Object.values(exceptions), domain, atBuild].flat();
		expect(named.filter((layer) => !layers.includes(layer))).toEqual([]);
	});

	it("names only files and packages that exist, so that every rule can be broken", () => {
		const paths = files.map((file) => relative(src, file));
		for (const file of [...Object.keys(exceptions), rawHtmlView, nodeUser]) expect(paths).toContain(file);
		const unused = Object.entries(packagesAllowed).flatMap(([layer, names]) =>
			names
				.filter((name) => !imports.some(({ file, target }) => layerOf(file) === layer && isOf(name, target)))
				.map((name) => `${layer} does not import ${name}`),
		);
		expect(unused).toEqual([]);
		expect(domain.filter((layer) => packagesAllowed[layer] === undefined)).toEqual([]);
	});

	it("lets each layer import only what its place allows", () => {
		const wrong = imports
			.filter(({ target }) => target.startsWith("."))
			.filter(({ file, target }) => {
				const [from, to] = [layerOf(file), layerOf(resolve(dirname(file), target))];
				return (
					from !== to && ![...(allowed[from] ?? []), ...(exceptions[relative(src, file)] ?? [])].includes(to)
				);
			})
			.map(({ file, target }) => `${relative(src, file)} imports ${target}`);
		expect(wrong).toEqual([]);
	});

	it("keeps frameworks, stores and Node out of the domain", () => {
		const wrong = imports
			.filter(({ target }) => !target.startsWith(".") && !target.startsWith("#"))
			.filter(({ file, target }) => {
				const layer = layerOf(file);
				if (atBuild.includes(layer) || relative(src, file) === nodeUser) return false;
				// The one module of Node that the Worker has, for what belongs to an invocation.
				if (layer === "invocation.ts" && target === "node:async_hooks") return false;
				if (target.startsWith("node:")) return true;
				return packagesAllowed[layer]?.every((name) => !isOf(name, target)) ?? false;
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
		expect(raw.map(({ file }) => relative(src, file))).toEqual([rawHtmlView]);
		const dangerous = files.filter((file) => readFileSync(file, "utf8").includes("dangerouslySetInnerHTML"));
		expect(dangerous).toEqual([]);
	});
});

describe("the web folder", () => {
	const web = imports
		.map(({ file, target }) => ({
			file: relative(src, file),
			target: relative(src, resolve(dirname(file), target)),
		}))
		.filter(({ file, target }) => file.startsWith("web/") && target.startsWith("web/"));
	const paths = files.map((file) => relative(src, file)).filter((path) => path.startsWith("web/"));
	const areaOf = (path: string) => /^web\/(site|api|visitor|admin)\//.exec(path)?.[1];
	/** The pages of posts have an index of their own, since an isolate starts with them alone. */
	const isIndex = (path: string) => path.endsWith("/index.ts") || path === "web/site/pages.ts";
	const isView = (path: string) => /^web\/ui\/.*\.tsx$|-page\.tsx$/.test(path);
	const routes = paths.filter(
		(path) => areaOf(path) && !isIndex(path) && /= new Hono\b/.test(readFileSync(join(src, path), "utf8")),
	);
	const imported = (wrong: (file: string, target: string) => boolean) =>
		web
			.filter(({ file, target }) => wrong(file, target))
			.map(({ file, target }) => `${file} imports ${target}`);

	it("has routes in each area, all mounted by its index or the app", () => {
		expect(new Set(routes.map(areaOf))).toEqual(new Set(["site", "api", "visitor", "admin"]));
		const mounted = [...web.map(({ file, target }) => (isIndex(file) ? target : "")), "web/site/entries.tsx"];
		expect(routes.filter((path) => !mounted.includes(path))).toEqual([]);
	});

	it("lets nothing but the index of its area import a route", () => {
		expect(
			imported((file, to) => routes.includes(to) && !(isIndex(file) && areaOf(file) === areaOf(to))),
		).toEqual([]);
	});

	it("keeps what all areas share apart from them", () => {
		expect(imported((file, to) => /^web\/(http|ui)\//.test(file) && areaOf(to) !== undefined)).toEqual([]);
		expect(imported((file, to) => file.startsWith("web/ui/") && to.startsWith("web/http/"))).toEqual([]);
	});

	it("shows views to areas and to other views only, and gives them nothing of the request", () => {
		expect(imported((file, to) => isView(to) && file.startsWith("web/http/"))).toEqual([]);
		expect(imported((file, to) => isView(file) && to.startsWith("web/http/"))).toEqual([]);
		expect(paths.filter((path) => path.startsWith("web/http/") && path.endsWith(".tsx"))).toEqual([]);
	});

	it("lets views compute no time and judge nothing by it", () => {
		const ruled = paths
			.filter((path) => isView(path))
			.filter((path) =>
				/\d_000\b|\bdays? \*|\* \w*days?\b|[<>]=? now\b|\bnow [<>+-]/i.test(
					readFileSync(join(src, path), "utf8"),
				),
			);
		expect(ruled).toEqual([]);
	});
});

it.each(["tsconfig.json", "test/tsconfig.json"])("names only folders that exist in %s", (name) => {
	const file = join(src, "..", name);
	const { include, exclude } = JSON.parse(readFileSync(file, "utf8")) as Record<string, string[]>;
	const paths = [...(include ?? []), ...(exclude ?? [])];
	expect(paths.length).toBeGreaterThan(0);
	expect(paths.filter((path) => !existsSync(join(dirname(file), path)))).toEqual([]);
});

function walk(folder: string): string[] {
	return readdirSync(folder).flatMap((name) => {
		const path = join(folder, name);
		return statSync(path).isDirectory() ? walk(path) : [path];
	});
}
