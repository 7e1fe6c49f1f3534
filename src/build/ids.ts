import { join } from "node:path";
import { walk } from "./folder.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { entryName } from "./slugs.ts";
import { readTextFile } from "./text-file.ts";
import { parseYaml } from "./yaml.ts";

/** Reads the ids of all posts and pages, those with errors included. */
export function readIds(contentDir: string): Set<string> {
	const ids = new Set<string>();
	for (const folder of ["posts", "pages"]) {
		for (const { path, name } of walk(join(contentDir, folder)).files) {
			if (!/\.md$/i.test(name)) continue;
			const file = readTextFile(path);
			const split = "text" in file ? splitFrontMatter(file.text) : file;
			const id =
				"yaml" in split && /^id:/m.test(split.yaml) ? parseYaml(split.yaml, 1).values?.id : undefined;
			const own = entryName(name.replace(/\.md$/i, ""));
			ids.add(typeof id === "string" ? id : folder === "posts" ? own : `pages/${own}`);
		}
	}
	return ids;
}
