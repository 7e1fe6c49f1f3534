import { posix } from "node:path";
import { decodePath, encodePath } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import { closestMatch } from "./did-you-mean.ts";
import type { BuiltEntry } from "./entries.ts";
import type { Problem } from "./problems.ts";
import type { Source } from "./sources.ts";

type LinkedEntry = { folder: "posts" | "pages"; built: BuiltEntry<Post | Page, unknown> };

/**
 * Resolves links to Markdown files, such as `[x](./other-post.md#part)`, to addresses. A missing file or heading is a problem,
 * a link to a draft a warning. `files` are all Markdown files, including those with errors.
 */
export function resolveLinks(
	entries: readonly LinkedEntry[],
	files: ReadonlySet<string>,
): { problems: Problem[]; warnings: Problem[] } {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const targets = new Map(entries.map(({ folder, built }) => [`${folder}/${built.source.name}`, built]));
	for (const { folder, built } of entries) {
		const { source } = built;
		const from = posix.dirname(`${folder}/${source.name}`);
		const links: Record<string, string> = {};
		for (const { kind, href, line, inHtml } of source.references) {
			const match = relativeFile.exec(href)?.groups;
			if (kind !== "link" || match === undefined) continue;
			const report = (list: Problem[], message: string) =>
				list.push({ file: source.file, line, message: `link "${href}" ${message}` });
			const name = posix.join(from, decodePath(match.path ?? "").normalize("NFC"));
			const target = targets.get(name);
			const fragment = decodePath((match.fragment ?? "").slice(1)).normalize("NFC");
			if (inHtml)
				report(
					problems,
					"is in HTML, where links to files do not work; write it in Markdown, as [text](file.md).",
				);
			else if (target === undefined) {
				// A file with errors has been reported already.
				if (!files.has(name))
					report(problems, `does not lead to a post or page; ${suggestFile(name, from, files)}`);
			} else if (fragment !== "" && !target.source.anchors.has(fragment)) {
				report(
					problems,
					`does not lead to a heading of ${target.source.file}; ${suggestHeading(fragment, target.source)}`,
				);
			} else {
				if ("draft" in target.entry && target.entry.draft)
					report(warnings, "leads to a draft, which readers cannot open.");
				links[href] = encodePath(target.entry.path) + (match.query ?? "") + (match.fragment ?? "");
			}
		}
		if (Object.keys(links).length === 0) continue;
		built.body.links = links;
	}
	return { problems, warnings };
}

const relativeFile = /^(?![a-z][a-z\d+.-]*:|[/#?])(?<path>[^?#]+)\.md(?<query>\?[^#]*)?(?<fragment>#.*)?$/i;

function suggestFile(name: string, from: string, files: ReadonlySet<string>): string {
	const names = new Map(Array.from(files, (file) => [posix.basename(file), file]));
	const match = names.get(closestMatch(posix.basename(name), names.keys()) ?? "");
	if (match === undefined) return "write the path of a file in posts/ or pages/, relative to this one.";
	const path = posix.relative(from, match);
	return `did you mean "${path.startsWith(".") ? path : `./${path}`}.md"?`;
}

function suggestHeading(fragment: string, { anchors }: Source<unknown>): string {
	const match = closestMatch(fragment, [...anchors]);
	return match === null ? "remove the part from # on." : `did you mean "#${match}"?`;
}
