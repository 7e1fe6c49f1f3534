import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { closestMatch } from "./did-you-mean.ts";
import type { ParseResult } from "./fields.ts";
import { walk } from "./folder.ts";

const uiFolder = fileURLToPath(new URL("../web/ui/", import.meta.url));
const themesFolder = join(uiFolder, "themes");

/** Layout and accessibility rules, included before every theme. */
const baseStyle = join(uiFolder, "base.css");

/** Names of the built-in themes: each is a style sheet of that name. */
export const builtInThemes: readonly string[] = readdirSync(themesFolder)
	.filter((name) => name.endsWith(".css"))
	.map((name) => name.slice(0, -".css".length))
	.sort();

const builtIn = (name: string): string[] => [baseStyle, join(themesFolder, `${name}.css`)];

/** Style sheets of the theme used unless another is chosen. */
export const defaultTheme: readonly string[] = builtIn("default");

/** Style sheets of the engine's own themes, for watching. */
export const builtInStyles: readonly string[] = [...new Set(builtInThemes.flatMap(builtIn))];

/**
 * Returns the style sheets of a theme in order: `default`, another built-in theme, or a file of `content/themes/`. A custom
 * theme comes after the default one, so that it can set a single property.
 */
export function findTheme(contentDir: string, name: string): ParseResult<string[]> {
	if (builtInThemes.includes(name)) return { value: builtIn(name) };
	const custom = walk(join(contentDir, "themes")).files.filter((file) => file.name.endsWith(".css"));
	const file = custom.find((each) => each.name === name);
	if (file !== undefined) return { value: [...defaultTheme, file.path] };

	const names = [...builtInThemes, ...custom.map((each) => each.name)];
	const match = names.find((each) => each === `${name}.css`) ?? closestMatch(name, names);
	const reason = name.endsWith(".css") ? "is not a file in content/themes/" : "is not a theme";
	const list = match === null ? "the themes" : `did you mean "${match}"? The themes`;
	return { error: `"${name}" ${reason}; ${list} are ${names.join(", ")}.` };
}
