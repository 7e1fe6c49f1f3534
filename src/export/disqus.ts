import type { ExportedComment } from "./comments.ts";
import { cdata, isoSecond, oneLine, xmlText } from "./xml.ts";

/** A page with its comments. */
export type CommentedPage = {
	/** Its number in the file. */
	number: number;
	address: string;
	title: string;
	published: number;
	comments: readonly ExportedComment[];
};

/** Writes comments as Disqus's XML: its own export format, which other comment systems read, too. */
export async function* writeDisqus(
	forum: string,
	pages: AsyncIterable<CommentedPage>,
): AsyncGenerator<string> {
	yield `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://disqus.com/api/schemas/1.0/disqus.xsd http://disqus.com/api/schemas/1.0/disqus-internals.xsd">
<category dsq:id="1"><forum>${xmlText(forum)}</forum><title>General</title><isDefault>true</isDefault></category>
`;
	for await (const page of pages) {
		if (page.comments.length === 0) continue;
		yield `<thread dsq:id="${page.number}">
<id>${xmlText(page.address)}</id>
<forum>${xmlText(forum)}</forum>
<category dsq:id="1" />
<link>${xmlText(page.address)}</link>
<title>${xmlText(page.title)}</title>
<message />
<createdAt>${isoSecond(page.published)}</createdAt>
<isClosed>false</isClosed>
<isDeleted>false</isDeleted>
</thread>
`;
		for (const comment of page.comments) yield post(comment, page.number);
	}
	yield "</disqus>\n";
}

function post(comment: ExportedComment, thread: number): string {
	const { id, parentId, state, name, email, html, createdAt } = comment;
	return `<post dsq:id="${id}">
<id>${id}</id>
<message>${cdata(oneLine(html))}</message>
<createdAt>${isoSecond(createdAt)}</createdAt>
<isDeleted>${state === "deleted"}</isDeleted>
<isSpam>${state === "spam"}</isSpam>
<isApproved>${state === "published"}</isApproved>
<author><email>${xmlText(email ?? "")}</email><name>${xmlText(name)}</name><isAnonymous>true</isAnonymous></author>
<thread dsq:id="${thread}" />${parentId === null ? "" : `\n<parent dsq:id="${parentId}" />`}
</post>
`;
}
