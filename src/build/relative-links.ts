import { posix } from "node:path";
import { writtenAddress } from "../posts/markdown/images.ts";
import { decodePath, encodePath } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import { closestMatch } from "./did-you-mean.ts";
import type { BuiltEntry } from "./entries.ts";
import { findFile, isRelative, type Reading, readAddress } from "./file-addresses.ts";
import { replaceAddresses } from "./html-addresses.ts";
import type { Media } from "./media.ts";
import type { Problem } from "./problems.ts";
import type { Source } from "./sources.ts";

type LinkedEntry = { folder: "posts" | "pages"; built: BuiltEntry<Post | Page, unknown> };

/**
 * Resolves links to Markdown files, such as `[x](./other-post.md#part)`, and the addresses of media. A missing Markdown file
 * or heading is a problem, a link to a draft a warning. `files` are all Markdown files, including those with errors.
 */
export function resolveLinks(
	entries: readonly LinkedEntry[],
	files: ReadonlySet<string>,
	media: Pick<Media, "files">,
): { problems: Problem[]; warnings: Problem[] } {
	const problems: Problem[] = [];
	const warnings: Problem[] = [];
	const targets = new Map(entries.map(({ folder, built }) => [`${folder}/${built.source.name}`, built]));
	for (const { built } of entries) {
		const { source } = built;
		const served = new Map<string, string>();
		for (const { kind, href, line } of source.references) {
			const file = findFile(href, source.folder, media.files);
			if (file !== null) served.set(href, file.address);
			if (kind !== "link" || file !== null) continue;
			const link = findMarkdownFile(href, source.folder, files);
			if (link === null) continue;
			const report = (list: Problem[], message: string) =>
				list.push({ file: source.file, line, message: `link "${href}" ${message}` });
			const target = targets.get(link.name);
			const fragment = decodePath(link.suffix.replace(/^[^#]*#?/, "")).normalize("NFC");
			if (target === undefined) {
				// A file with errors has been reported already.
				if (!files.has(link.name))
					report(
						problems,
						`does not lead to a post or page; ${suggestFile(link.name, source.folder, files)}`,
					);
			} else if (fragment !== "" && !target.source.anchors.has(fragment)) {
				report(
					problems,
					`does not lead to a heading of ${target.source.file}; ${suggestHeading(fragment, target.source)}`,
				);
			} else {
				if ("draft" in target.entry && target.entry.draft)
					report(warnings, "leads to a draft, which readers cannot open.");
				served.set(href, encodePath(target.entry.path) + link.suffix);
			}
		}
		if (served.size > 0) built.body = { ...built.body, ...replacements(source, served) };
	}
	return { problems, warnings };
}

/** Returns the addresses of a body that are served under another spelling, for its Markdown and for its raw HTML. */
function replacements({ references, html }: Source<unknown>, served: ReadonlyMap<string, string>) {
	const inMarkdown = new Set(references.filter(({ inHtml }) => !inHtml).map(({ href }) => href));
	const links = [...served].filter(
		([href, address]) => inMarkdown.has(href) && writtenAddress(href) !== address,
	);
	const pieces = html.map((piece) => [
		piece,
		replaceAddresses(piece, (address) => served.get(address) ?? address),
	]);
	return {
		links: Object.fromEntries(links),
		html: Object.fromEntries(pieces.filter(([written, replaced]) => written !== replaced)),
	};
}

/** Finds the Markdown file, named without its extension, to which a relative link leads or would lead. */
function findMarkdownFile(href: string, from: string, files: ReadonlySet<string>): Reading | null {
	if (!isRelative(href)) return null;
	const readings = readAddress(href)
		.filter(({ name }) => /\.md$/i.test(name))
		.map(({ name, suffix }) => ({ name: posix.join(from, name.slice(0, -".md".length)), suffix }));
	return readings.find(({ name }) => files.has(name)) ?? readings.at(-1) ?? null;
}

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
