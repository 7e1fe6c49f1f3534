import { needles, type OldBlog, type OldComment, type OldEntry, oldAddress, oldPath } from "../old-blog.ts";
import { cdata, escapeXml } from "./wordpress.ts";

/** Writes Disqus's XML. Every page has two threads, one of them after all posts, under another form of its address. */
export function writeDisqus({ entries, comments }: OldBlog): string {
	return `<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://disqus.com/api/schemas/1.0/disqus.xsd http://disqus.com/api/schemas/1.0/disqus-internals.xsd">
<category dsq:id="1"><forum>old-blog</forum><title>General</title><isDefault>true</isDefault></category>
${entries.map((entry) => thread(entry, 1000, oldAddress + oldPath(entry))).join("\n")}
${comments.map(post).join("\n")}
${entries.map((entry) => thread(entry, 2000, `${oldAddress.replace("https", "http")}${oldPath(entry)}/?utm_source=feed`)).join("\n")}
</disqus>
`;
}

function thread({ number, title, published }: OldEntry, offset: number, link: string): string {
	return `<thread dsq:id="${offset + number}">
<id />
<forum>old-blog</forum>
<category dsq:id="1" />
<link>${escapeXml(encodeURI(link))}</link>
<title>${escapeXml(title)}</title>
<message />
<createdAt>${date(published)}</createdAt>
<author><email>${needles.email}</email><name>Mika</name><isAnonymous>false</isAnonymous><username>mika</username></author>
<ipAddress>${needles.ip}</ipAddress>
<isClosed>false</isClosed>
<isDeleted>false</isDeleted>
</thread>`;
}

function post({ number, entry, parent, name, text, state, created }: OldComment): string {
	return `<post dsq:id="${number}">
<id />
<message>
  ${cdata(`<p>${escapeXml(text).replaceAll("\n", "<br>")}</p>`)}
</message>
<createdAt> ${date(created)} </createdAt>
<isDeleted>${state === "deleted"}</isDeleted>
<isSpam>${state === "spam"}</isSpam>
<author><email>${needles.email}</email><name>${escapeXml(name)}</name><isAnonymous>true</isAnonymous></author>
<ipAddress>${needles.ip}</ipAddress>
<thread dsq:id="${(number % 2 === 0 ? 1000 : 2000) + entry}" />${parent === null ? "" : `\n<parent dsq:id="${parent}" />`}
</post>`;
}

function date(at: number): string {
	return new Date(at).toISOString().replace(".000Z", "Z");
}
