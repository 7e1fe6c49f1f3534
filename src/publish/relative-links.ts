import { posix } from "node:path";
import { decodePath, encodePath } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import type { Made } from "./entries.ts";
import { nearest } from "./nearest.ts";
import type { Problem } from "./problems.ts";
import type { Source } from "./sources.ts";

type Placed = { folder: "posts" | "pages"; made: Made<Post | Page, unknown> };

/**
 * Turns links to files, such as `[x](./other-post.md#part)`, into links to what the files become. A file or a heading
 * that is not there is a problem; a draft is a warning. `files` are all there are, mistaken ones included.
 */
export function resolveLinks(
	placed: readonly Placed[],
	files: ReadonlySet<string>,
): { problems: Problem[]; warnings: Problem[] } {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const targets = new Map(placed.map(({ folder, made }) => [`${folder}/${made.source.name}`, made]));
	for (const { folder, made } of placed) {
		const { source } = made;
		const from = posix.dirname(`${folder}/${source.name}`);
		const links: Record<string, string> = {};
		for (const { kind, href, line, html } of source.references) {
			const written = relativeFile.exec(href)?.groups;
			if (kind !== "link" || written === undefined) continue;
			const report = (list: Problem[], message: string) =>
				list.push({ file: source.file, line, message: `link "${href}" ${message}` });
			const name = posix.join(from, decodePath(written.path ?? "").normalize("NFC"));
			const target = targets.get(name);
			const fragment = decodePath((written.fragment ?? "").slice(1)).normalize("NFC");
			if (html)
				report(problems, "is in HTML, where only addresses work; write it in Markdown, as [text](file.md).");
			else if (target === undefined) {
				// A file with mistakes of its own has been told of already.
				if (!files.has(name)) report(problems, `leads to no post or page; ${suggestFile(name, from, files)}`);
			} else if (fragment !== "" && !target.source.anchors.has(fragment)) {
				report(
					problems,
					`leads to no heading of ${target.source.file}; ${suggestHeading(fragment, target.source)}`,
				);
			} else {
				if ("draft" in target.entry && target.entry.draft)
					report(warnings, "leads to a draft; readers will not find it.");
				links[href] = encodePath(target.entry.path) + (written.query ?? "") + (written.fragment ?? "");
			}
		}
		if (Object.keys(links).length === 0) continue;
		made.body.links = links;
	}
	return { problems, warnings };
}

const relativeFile = /^(?![a-z][a-z\d+.-]*:|[/#?])(?<path>[^?#]+)\.md(?<query>\?[^#]*)?(?<fragment>#.*)?$/i;

function suggestFile(name: string, from: string, files: ReadonlySet<string>): string {
	const names = new Map(Array.from(files, (file) => [posix.basename(file), file]));
	const meant = names.get(nearest(posix.basename(name), names.keys()) ?? "");
	if (meant === undefined) return "write the path of a file below posts/ or pages/, seen from this one.";
	const path = posix.relative(from, meant);
	return `did you mean "${path.startsWith(".") ? path : `./${path}`}.md"?`;
}

function suggestHeading(fragment: string, { anchors }: Source<unknown>): string {
	const meant = nearest(fragment, [...anchors]);
	return meant === null ? "leave out what comes from the # on." : `did you mean "#${meant}"?`;
}
