import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";
import type { Manifest } from "../posts/manifest.ts";
import { type Problem, reasonOf, shownPath } from "./problems.ts";

/** What the pages behind the sign-in have beside the theme; readers do not pay for it. */
export const deskStyle = fileURLToPath(new URL("../web/desk.css", import.meta.url));

/** What pages have beside the theme when they show a post with more in it than words and pictures. */
export const proseStyle = fileURLToPath(new URL("../web/prose.css", import.meta.url));

/** Minifies a style sheet, with what is `added` to it, and names it in the form a Content-Security-Policy allows it by. */
export async function readTheme(
	path: string,
	added = "",
): Promise<{ theme: Manifest["theme"]; problems: Problem[]; warnings: Problem[] }> {
	const file = shownPath(path);
	try {
		const source = readFileSync(path, "utf8");
		const { code, warnings } = await transform(`${source}\n${added}`, {
			loader: "css",
			minify: true,
			charset: "utf8",
			legalComments: "none",
			logLevel: "silent",
		});
		const css = code.trim();
		const csp = `'sha256-${createHash("sha256").update(css).digest("base64")}'`;
		return {
			theme: { css, csp },
			problems: [],
			warnings: warnings.map(({ text, location }) => ({ file, line: location?.line ?? 1, message: text })),
		};
	} catch (error) {
		return {
			theme: { css: "", csp: "" },
			problems: [{ file, line: 1, message: `cannot be read (${reasonOf(error)}).` }],
			warnings: [],
		};
	}
}
