import { findFile } from "../file-addresses.ts";
import type { Media } from "../media.ts";
import { displayPath, type Problem } from "../problems.ts";
import type { Source } from "../sources.ts";
import { explainUnshown, formatOfName } from "./formats.ts";

/**
 * Warns about pictures and videos that most browsers do not show, where a text shows them; and at the file itself if no
 * text refers to it. A link to one is a download. `originals` are the files as written.
 */
export function findUnshownPictures(
	media: Media,
	originals: Media["files"],
	sources: readonly Source<unknown>[],
): Problem[] {
	const warnings: Problem[] = [];
	const linked = new Set<string>();
	for (const { file, folder, references } of sources) {
		for (const { kind, href, line } of references) {
			const path = findFile(href, folder, media.files)?.path;
			if (path === undefined) continue;
			linked.add(path);
			const reason = kind === "image" ? explainFile(path, media) : null;
			if (reason !== null) warnings.push({ file, line, message: `${kind} "${href}" ${reason}` });
		}
	}
	for (const path of media.pictures.keys()) {
		const reason = linked.has(path) ? null : explainFile(path, media);
		const file = displayPath(originals.get(path)?.path ?? "");
		if (reason !== null) warnings.push({ file, line: 1, message: reason });
	}
	return warnings;
}

function explainFile(path: string, { pictures }: Media): string | null {
	return explainUnshown(pictures.get(path)?.format ?? formatOfName(path));
}
