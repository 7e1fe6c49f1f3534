import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { createLruCache } from "../posts/lru-cache.ts";
import type { Manifest } from "../posts/manifest.ts";
import { displayPath, type FieldError, type Problem } from "./problems.ts";
import { readTextFile } from "./text-file.ts";

/** Style sheet of the admin pages, separate from the theme so that readers do not download it. */
export const adminStyle = fileURLToPath(new URL("../web/ui/admin.css", import.meta.url));

/** Style sheet of pages that show a rich body, in addition to the theme. */
export const proseStyle = fileURLToPath(new URL("../web/ui/prose.css", import.meta.url));

/** Style sheet of feeds that are opened in a browser, in addition to the theme. */
export const feedStyle = fileURLToPath(new URL("../web/ui/feed.css", import.meta.url));

type StyleSheet = Manifest["theme"];

type MinifiedCss = { css: string; warnings: readonly FieldError[] };

/** Results by source text, limited to 4 MiB of sources: most builds of a process use the same style sheets. */
const cache = createLruCache<MinifiedCss>(4 * 2 ** 20);

/** Minifies style sheets and `added` rules, joins them in order, and computes the CSP source expression of the result. */
export async function buildStyleSheet(
	paths: readonly string[],
	added = "",
): Promise<{ style: StyleSheet; problems: Problem[]; warnings: Problem[] }> {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const parts: string[] = [];
	for (const path of paths) {
		const file = displayPath(path);
		const read = readTextFile(path);
		if ("message" in read) {
			problems.push({ file, ...read });
			continue;
		}
		const minified = await minify(read.text);
		parts.push(minified.css);
		warnings.push(...minified.warnings.map((warning) => ({ file, ...warning })));
	}
	const css = parts.join("") + (await minify(added)).css;
	const csp = `'sha256-${createHash("sha256").update(css).digest("base64")}'`;
	return { style: { css, csp }, problems, warnings };
}

/** Minifies a style sheet and finds mistakes in it. */
export async function minify(source: string): Promise<MinifiedCss> {
	const cached = cache.get(source);
	if (cached !== undefined) return cached;
	const { code, warnings } = await transform(source, {
		loader: "css",
		minify: true,
		charset: "utf8",
		legalComments: "none",
		logLevel: "silent",
	});
	const result = {
		css: code.trim(),
		warnings: [
			...warnings.map(({ text, location }) => ({ line: location?.line ?? 1, message: text })),
			...findBlockedRules(source),
		],
	};
	cache.set(source, result, source.length);
	return result;
}

/** Finds rules that load files the Content Security Policy blocks. */
function findBlockedRules(source: string): FieldError[] {
	const withoutComments = source.replace(/\/\*.*?\*\//gs, (comment) => comment.replace(/[^\n]/g, ""));
	return Array.from(withoutComments.matchAll(blocked), (match) => ({
		line: withoutComments.slice(0, match.index).split("\n").length,
		message: match[1] === undefined ? otherHost : atRules[match[1].toLowerCase() as keyof typeof atRules],
	}));
}

const blocked = /@(import|font-face)\b|\burl\(\s*["']?(?:https?:)?\/\//gi;

const atRules = {
	import: "@import is blocked; copy the rules into this file.",
	"font-face": "@font-face is blocked; name fonts that readers have.",
};

const otherHost =
	"images of other sites are blocked; put the image in content/media/ and write url(/media/…).";
