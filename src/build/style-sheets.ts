import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import { createLruCache } from "../posts/lru-cache.ts";
import type { Manifest } from "../posts/manifest.ts";
import { displayPath, errorReason, type Problem } from "./problems.ts";

/** Style sheet of the admin pages, separate from the theme so that readers do not download it. */
export const adminStyle = fileURLToPath(new URL("../web/ui/admin.css", import.meta.url));

/** Style sheet of pages that show a rich body, in addition to the theme. */
export const proseStyle = fileURLToPath(new URL("../web/ui/prose.css", import.meta.url));

type StyleSheet = Manifest["theme"];

type Minified = { style: StyleSheet; warnings: readonly { line: number; message: string }[] };

/** Results by source text, limited to 4 MiB of sources: most builds of a process use the same style sheets. */
const cache = createLruCache<Minified>(4 * 2 ** 20);

/** Minifies a style sheet together with `added` rules and computes its CSP source expression. */
export async function buildStyleSheet(
	path: string,
	added = "",
): Promise<{ style: StyleSheet; problems: Problem[]; warnings: Problem[] }> {
	const file = displayPath(path);
	try {
		const { style, warnings } = await minify(`${readFileSync(path, "utf8")}\n${added}`);
		return { style, problems: [], warnings: warnings.map((warning) => ({ file, ...warning })) };
	} catch (error) {
		return {
			style: { css: "", csp: "" },
			problems: [{ file, line: 1, message: `cannot be read (${errorReason(error)}).` }],
			warnings: [],
		};
	}
}

async function minify(source: string): Promise<Minified> {
	const cached = cache.get(source);
	if (cached !== undefined) return cached;
	const { code, warnings } = await transform(source, {
		loader: "css",
		minify: true,
		charset: "utf8",
		legalComments: "none",
		logLevel: "silent",
	});
	const css = code.trim();
	const result = {
		style: { css, csp: `'sha256-${createHash("sha256").update(css).digest("base64")}'` },
		warnings: warnings.map(({ text, location }) => ({ line: location?.line ?? 1, message: text })),
	};
	cache.set(source, result, source.length);
	return result;
}
