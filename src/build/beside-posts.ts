import { join } from "node:path";
import { findFile, toMediaPath } from "./file-addresses.ts";
import { type FoundFile, walk } from "./folder.ts";
import type { PageFields } from "./pages.ts";
import type { PostFields } from "./posts.ts";
import { displayPath, type Problem } from "./problems.ts";
import type { Source } from "./sources.ts";

type Sources<Fields> = { sources: readonly Source<Fields>[]; others: readonly FoundFile[] };

/**
 * Lists the files to serve, named from the content folder: those of `media/`, and those beside posts and pages to which
 * one of them refers. Warns about the rest, which may be notes that nobody means to publish.
 */
export function findMediaFiles(
	contentDir: string,
	posts: Sources<PostFields>,
	pages: Sources<PageFields>,
): { files: FoundFile[]; warnings: Problem[] } {
	const inFolder = walk(join(contentDir, "media")).files.map((file) => ({
		...file,
		name: `media/${file.name}`,
	}));
	const beside = [...posts.others, ...pages.others];
	if (beside.length === 0) return { files: inFolder, warnings: [] };
	const all = new Set([...inFolder, ...beside].map(({ name }) => toMediaPath(name)));
	const used = new Set<string>();
	for (const source of [...posts.sources, ...pages.sources]) {
		const { fields, folder, references } = source;
		const cover = fields !== null && "image" in fields && fields.image ? [fields.image.src] : [];
		for (const href of [...references.map(({ href }) => href), ...cover]) {
			const file = findFile(href, folder, all);
			if (file !== null) used.add(file.path);
		}
	}
	const isUsed = ({ name }: FoundFile) => used.has(toMediaPath(name));
	const message =
		"is neither a .md file nor shown by one, so it is not published; refer to it in a post, or move it to media/.";
	return {
		files: [...inFolder, ...beside.filter(isUsed)],
		warnings: beside
			.filter((file) => !isUsed(file))
			.map(({ path }) => ({ file: displayPath(path), line: 1, message })),
	};
}
