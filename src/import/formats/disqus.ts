import { childText, type XmlElement, xmlElements } from "../input/xml.ts";
import { plainTextOf } from "../plain-text.ts";
import type { Format } from "../reader.ts";
import type { CommentRecord, ImportRecord } from "../record.ts";

const wanted = new Set(["category", "thread", "post"]);

/** A page as Disqus knows it. */
type Thread = { addresses: string[]; isDeleted: boolean };

/** Disqus's XML: threads, each a page by its address, and posts, which are comments. */
export const disqus: Format = {
	name: "disqus",
	title: "Disqus (XML)",
	detect: ({ text }) => /<disqus\b[^>]*\bxmlns(?::dsq)?="https?:\/\/disqus\.com/.test(text),
	async *read(file) {
		let source: string | null = null;
		const threads = new Map<string, Thread>();
		/** Posts before their threads. */
		const early = new Map<string, XmlElement[]>();
		const started = function* (element: XmlElement): Generator<ImportRecord> {
			if (source !== null) return;
			source = `disqus:${childText(element, "forum").trim()}`;
			yield { kind: "site", id: "site", source, title: "", address: null, timezone: null };
		};
		for await (const found of xmlElements(file, wanted)) {
			if ("kind" in found) {
				yield found;
				continue;
			}
			if (found.parent?.name === "post") {
				// Which thread a post is in: needed with it, not by itself.
				found.parent.children.push(found);
				continue;
			}
			if (found.name === "category" && found.parent?.name === "thread") continue;
			yield* started(found);
			const id = idOf(found);
			if (found.name === "thread") {
				const thread = threadOf(found);
				threads.set(id, thread);
				for (const post of early.get(id) ?? []) yield commentOf(post, thread);
				early.delete(id);
			} else if (found.name === "post") {
				const inside = found.children.find(({ name }) => name === "thread");
				const threadId = inside === undefined ? "" : idOf(inside);
				const thread = threads.get(threadId);
				if (thread !== undefined) yield commentOf(found, thread);
				else early.set(threadId, [...(early.get(threadId) ?? []), { ...found, parent: null }]);
			}
		}
		for (const posts of early.values()) {
			for (const post of posts) yield commentOf(post, { addresses: [], isDeleted: false });
		}
	},
};

function idOf(element: XmlElement): string {
	return (element.attributes["dsq:id"] ?? "").trim();
}

/** Reads a thread: its link, and its identifier, which may be an address, a path, or a number and an address. */
function threadOf(element: XmlElement): Thread {
	const link = childText(element, "link").trim();
	const identifiers = childText(element, "id").trim().split(/\s+/);
	const addresses = [link, ...identifiers].filter((address) => address !== "");
	return { addresses: [...new Set(addresses)], isDeleted: isTrue(element, "isDeleted") };
}

function isTrue(element: XmlElement, name: string): boolean {
	return childText(element, name).trim() === "true";
}

function commentOf(post: XmlElement, { addresses, isDeleted }: Thread): CommentRecord {
	const author = post.children.find(({ name }) => name === "author");
	const parent = post.children.find(({ name }) => name === "parent");
	const at = Date.parse(childText(post, "createdAt").trim());
	const of = (name: string) => (author === undefined ? "" : childText(author, name).trim());
	return {
		kind: "comment",
		type: "comment",
		id: idOf(post),
		entry: { addresses },
		parent: parent === undefined ? null : idOf(parent) || null,
		state:
			isDeleted || isTrue(post, "isDeleted")
				? "deleted"
				: isTrue(post, "isSpam")
					? "spam"
					: childText(post, "isApproved").trim() === "false"
						? "held"
						: "published",
		name: plainTextOf(of("name") || of("username")),
		email: of("email") || null,
		website: null,
		text: { format: "html", text: withoutService(childText(post, "message")) },
		created: Number.isNaN(at) ? null : { at },
		byAuthor: false,
		keepsNumber: true,
		line: post.line,
	};
}

/** Replaces links through Disqus's counter by where they lead, and mentions by names. */
function withoutService(html: string): string {
	return html
		.replace(/https?:\/\/disq\.us\/url\?url=([^&"'\s<]+)[^"'\s<]*/g, (whole, encoded: string) => {
			try {
				return decodeURIComponent(encoded).replace(/:[\w-]{20,}$/, "");
			} catch {
				// Cut within a character.
				return whole;
			}
		})
		.replace(/@([\w.-]+):disqus\b/g, "@$1");
}
