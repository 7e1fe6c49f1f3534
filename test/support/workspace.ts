import {
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	realpathSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { type BuildOptions, type BuildResult, buildContent } from "../../src/build/build.ts";
import { formatProblem, type Problem } from "../../src/build/problems.ts";
import { buildStyleSheet } from "../../src/build/style-sheets.ts";
import { defaultTheme } from "../../src/build/themes.ts";
import { type Body, readBody } from "../../src/posts/body.ts";
import type { Manifest } from "../../src/posts/manifest.ts";
import { decodePath } from "../../src/posts/paths.ts";
import type { Page, Post } from "../../src/posts/post.ts";
import { openIndex } from "../../src/posts/post-index.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** Creates a temporary content folder for one test; `site.yaml` defaults to a title. */
export function workspace(files: Files = {}) {
	const dir = realpathSync(mkdtempSync(join(tmpdir(), "edgecat-build-")));
	onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
	const options: BuildOptions = {
		contentDir: join(dir, "content"),
		outDir: join(dir, "out"),
	};
	const write = (path: string, text: string | Uint8Array) => {
		const full = join(dir, path);
		mkdirSync(dirname(full), { recursive: true });
		writeFileSync(full, text);
	};
	for (const [path, text] of Object.entries({ "site.yaml": "title: Test\n", ...files })) {
		write(`content/${path}`, text);
	}
	/** Problems as they are printed, with the folder of the test left out. */
	const printed = (problems: readonly Problem[]) =>
		problems.map((problem) => formatProblem(problem).replaceAll(`${dir}/`, ""));

	return {
		dir,
		options,
		write,
		printed,
		remove: (path: string) => rmSync(join(dir, path), { recursive: true, force: true }),
		build: (more: Partial<BuildOptions> = {}): Promise<BuildResult> => buildContent({ ...options, ...more }),
		/** Everything in the output folder by its path. */
		output: () => snapshot(options.outDir),
		/** The build output as the Worker sees it. */
		builtContent: () => readBuiltContent(options.outDir),
	};
}

/** The build output as the Worker sees it, with the body of each post and page, and all Markdown in order. */
export type BuiltContent = Omit<Manifest, "pages"> & {
	posts: (Omit<Post, "body"> & Body)[];
	pages: (Omit<Page, "body"> & Body)[];
	bodies: string;
	external: boolean;
};

/** Builds the files and returns the output; fails if the build fails. */
export async function buildFiles(files: Files): Promise<BuiltContent & { warnings: string[] }> {
	const space = workspace(files);
	const result = await space.build();
	if (!result.ok) throw new Error(space.printed(result.problems).join("\n"));
	return { ...space.builtContent(), warnings: space.printed(result.warnings) };
}

/** Builds the files and returns the problems as printed. */
export async function buildProblems(files: Files): Promise<string[]> {
	const space = workspace(files);
	const result = await space.build();
	return result.ok ? [] : space.printed(result.problems);
}

/** A Markdown file with this front matter; a title and a date are added where there is none. */
export function post(frontMatter = "", body = "Text.\n"): string {
	const lines = [
		/^title:/m.test(frontMatter) ? "" : "title: Hello\n",
		/^date:/m.test(frontMatter) ? "" : "date: 2024-03-31\n",
	];
	return `---\n${lines.join("")}${frontMatter}${frontMatter === "" ? "" : "\n"}---\n${body}`;
}

function readBuiltContent(outDir: string): BuiltContent {
	const index = readFileSync(join(outDir, "index.js"), "utf8");
	const beside = (pattern: RegExp) => readFileSync(join(outDir, pattern.exec(index)?.[1] ?? ""), "utf8");
	const assets = /export const bodies = \{ assets: (\[.*\]) \}/.exec(index)?.[1];
	const chunks =
		assets === undefined
			? [beside(/import bundled from "\.\/(.+)"/)]
			: (JSON.parse(assets) as string[]).map((path) => readFileSync(join(outDir, "assets", path), "utf8"));
	const whole = <E extends Post | Page>({ body, ...entry }: E) => ({
		...entry,
		...readBody((chunks[body.chunk] ?? "").slice(body.start, body.end)),
	});
	const manifest: Manifest = JSON.parse(JSON.parse(/JSON\.parse\((".*")\);/.exec(index)?.[1] ?? '"null"'));
	const posts = openIndex(beside(/import posts from "\.\/(.+)"/)).posts.map((post) => whole(plain(post)));
	const pages = manifest.pages.map(whole);
	return {
		...manifest,
		posts,
		pages,
		images: Object.assign({}, manifest.images, ...[...posts, ...pages].map(({ html }) => shownImages(html))),
		bodies: [...posts, ...pages].map(({ markdown }) => markdown).join(""),
		external: assets !== undefined,
	};
}

/** Returns the pictures with dimensions that a body's HTML shows, by path. */
function shownImages(html: string): Manifest["images"] {
	const shown = Array.from(html.matchAll(/<img[^>]* width="[^>]*>/g), ([tag]) => {
		const value = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
		const variants = value("srcset")
			.split(", ")
			.filter((variant) => variant !== "")
			.map((variant) => {
				const [src = "", width = ""] = variant.split(" ");
				return { src: decodePath(src), width: Number.parseInt(width, 10) };
			});
		const size = { width: Number(value("width")), height: Number(value("height")) };
		return [decodePath(value("src")), variants.length === 0 ? size : { ...size, variants }] as const;
	});
	return Object.fromEntries(shown);
}

/** Converts a post of the index to a plain object, for comparisons. */
function plain(post: Post): Post {
	const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(post)));
	const names = getters.flatMap(([name, { get }]) => (get === undefined ? [] : [name as keyof Post]));
	return Object.fromEntries(names.map((name) => [name, post[name]])) as Post;
}

function snapshot(folder: string): Record<string, string> {
	const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	);
	return Object.fromEntries(
		names
			.map(({ parentPath, name }) => join(parentPath, name))
			.sort()
			.map((path) => [path.slice(folder.length + 1), readFileSync(path, "base64")]),
	);
}

/** Returns a minimal valid PNG with these dimensions. */
export function png(width: number, height: number): Uint8Array {
	const bytes = Buffer.from(
		"89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000a49444154789c6360000002000001e221bc330000000049454e44ae426082",
		"hex",
	);
	bytes.writeUInt32BE(width, 16);
	bytes.writeUInt32BE(height, 20);
	return bytes;
}

/** Returns the part of a built theme that comes from a custom style sheet: what follows the default theme's rules. */
export async function customRules(css: string): Promise<string> {
	const { style } = await buildStyleSheet(defaultTheme);
	expect(css.startsWith(style.css)).toBe(true);
	return css.slice(style.css.length).replace(/\.reactions \[value=\w+\]\{[^}]*\}/g, "");
}
