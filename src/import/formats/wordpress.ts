import { hostOf } from "../addresses.ts";
import { childrenOf, childText, type XmlElement, xmlElements } from "../input/xml.ts";
import { plainTextOf } from "../plain-text.ts";
import type { Format } from "../reader.ts";
import type {
	CommentRecord,
	EntryRecord,
	EntryState,
	ImportRecord,
	LinkRecord,
	SiteRecord,
	Time,
} from "../record.ts";

const wanted = new Set([
	"title",
	"link",
	"wp:base_site_url",
	"wp:base_blog_url",
	"wp:wxr_version",
	"wp:author",
	"wp:category",
	"wp:tag",
	"wp:term",
	"wp:comment",
	"item",
]);

/** WordPress's export (WXR 1.0 to 1.2): posts, pages, comments, attachments. Specified by wp-admin/includes/export.php. */
export const wordpress: Format = {
	name: "wordpress",
	title: "WordPress (WXR)",
	detect: ({ text }) => /<rss\b[^>]*xmlns:wp="http:\/\/wordpress\.org\/export\//.test(text),
	async *read(file, options) {
		const channel = { title: "", link: options.address ?? "" };
		const authors = new Map<string, string>();
		/** Ids of categories and tags, which links of menus name by number. */
		const terms = new Map<string, string>();
		let site: SiteRecord | null = null;
		const started = function* (): Generator<ImportRecord> {
			if (site === null) {
				site = siteOf(channel);
				yield site;
			}
		};
		for await (const found of xmlElements(file, wanted)) {
			if ("kind" in found) {
				yield found;
				continue;
			}
			const parent = found.parent?.name;
			if (parent === "channel" && found.name === "title") channel.title = plainTextOf(found.text);
			else if (parent === "channel" && (found.name === "link" || found.name === "wp:base_blog_url")) {
				if (found.text.trim() !== "") channel.link = found.text.trim();
			} else if (found.name === "title" || found.name === "link") {
				// Of an item: needed with it, not by itself.
				found.parent?.children.push(found);
			} else if (found.name === "wp:author") {
				yield* started();
				const [login, name] = [
					childText(found, "wp:author_login"),
					childText(found, "wp:author_display_name"),
				];
				authors.set(childText(found, "wp:author_id"), login);
				yield {
					kind: "author",
					id: login,
					name: name || login,
					email: childText(found, "wp:author_email"),
					line: found.line,
				};
			} else if (found.name === "wp:category" || found.name === "wp:tag" || found.name === "wp:term") {
				yield* started();
				const term = termOf(found, channel.link.replace(/\/+$/, ""));
				terms.set(childText(found, "wp:term_id"), term.id);
				yield term;
			} else if (found.name === "wp:comment") {
				yield* started();
				if (found.parent !== null) yield commentOf(found, childText(found.parent, "wp:post_id"), authors);
			} else if (found.name === "item") {
				yield* started();
				yield itemOf(found, terms);
			}
		}
		yield* started();
	},
};

function siteOf({ title, link }: { title: string; link: string }): SiteRecord {
	const address = link.replace(/\/+$/, "");
	const name = hostOf(address) + (URL.parse(address)?.pathname.replace(/\/+$/, "") ?? "");
	return {
		kind: "site",
		id: "site",
		source: `wordpress:${name}`,
		title,
		address: address || null,
		timezone: null,
	};
}

function termOf(element: XmlElement, home: string): ImportRecord {
	const taxonomy =
		{ "wp:category": "category", "wp:tag": "tag" }[element.name] ?? childText(element, "wp:term_taxonomy");
	const slug =
		childText(element, "wp:category_nicename") ||
		childText(element, "wp:tag_slug") ||
		childText(element, "wp:term_slug");
	const name =
		childText(element, "wp:cat_name") ||
		childText(element, "wp:tag_name") ||
		childText(element, "wp:term_name");
	const kind =
		taxonomy === "category" ? "category" : taxonomy === "tag" || taxonomy === "post_tag" ? "tag" : "other";
	return {
		kind: "term",
		id: `${taxonomy}/${slug}`,
		taxonomy: kind,
		name: plainTextOf(name || slug),
		address: kind === "other" ? null : `${home}/${kind}/${slug}/`,
		line: element.line,
	};
}

const states: Record<string, EntryState> = {
	publish: "public",
	future: "scheduled",
	draft: "draft",
	"auto-draft": "draft",
	pending: "pending",
	private: "private",
	trash: "trash",
};

function itemOf(item: XmlElement, termIds: ReadonlyMap<string, string>): ImportRecord {
	const type = childText(item, "wp:post_type");
	const id = childText(item, "wp:post_id");
	const title = plainTextOf(childText(item, "title"));
	const line = item.line;
	if (type === "attachment") {
		return {
			kind: "medium",
			id,
			address: childText(item, "wp:attachment_url").trim(),
			title,
			alt: metaOf(item, "_wp_attachment_image_alt"),
			line,
		};
	}
	if (type === "nav_menu_item" && metaOf(item, "_menu_item_type") !== "")
		return linkOf(item, id, title, termIds);
	if (type !== "post" && type !== "page")
		return { kind: "other", id: `${type}/${id}`, type: type || "item", title, line };
	const terms = childrenOf(item, "category");
	const named = (domain: string) =>
		terms.filter(({ attributes }) => attributes.domain === domain).map(({ text }) => plainTextOf(text));
	const formats = terms.filter(({ attributes }) => attributes.domain === "post_format");
	const status = childText(item, "wp:status");
	const thumbnail = metaOf(item, "_thumbnail_id");
	const link = childText(item, "link").trim();
	return {
		kind: type,
		id,
		title,
		slug: decodeSlug(childText(item, "wp:post_name")) || null,
		addresses: link === "" ? [] : [link],
		number: /^[1-9]\d{0,14}$/.test(id) ? Number(id) : null,
		guid: childText(item, "guid").trim() || null,
		state: childText(item, "wp:post_password") === "" ? (states[status] ?? "unknown") : "password",
		published: timeOf(childText(item, "wp:post_date_gmt"), childText(item, "wp:post_date")),
		updated: timeOf(childText(item, "wp:post_modified_gmt"), childText(item, "wp:post_modified")),
		authors: [childText(item, "dc:creator").trim()].filter((login) => login !== ""),
		text: { format: "wordpress", text: childText(item, "content:encoded") },
		excerpt: childText(item, "excerpt:encoded"),
		categories: named("category"),
		tags: named("post_tag"),
		comments: childText(item, "wp:comment_status") === "open" ? "open" : "closed",
		image: thumbnail === "" ? null : { medium: thumbnail },
		lang: null,
		series: null,
		pinned: childText(item, "wp:is_sticky") === "1",
		unsupported: formats.map(({ text }) => `post format: ${plainTextOf(text)}`),
		line,
	} satisfies EntryRecord;
}

/** Reads a link of a menu. Its kind, what it leads to and what it is below are in the item's metadata. */
function linkOf(
	item: XmlElement,
	id: string,
	title: string,
	termIds: ReadonlyMap<string, string>,
): LinkRecord {
	const type = metaOf(item, "_menu_item_type");
	const object = metaOf(item, "_menu_item_object_id");
	const parent = metaOf(item, "_menu_item_menu_item_parent");
	const menu = childrenOf(item, "category").find(({ attributes }) => attributes.domain === "nav_menu");
	return {
		kind: "link",
		id,
		menu: plainTextOf(menu?.text ?? ""),
		title,
		order: Number(childText(item, "wp:menu_order")) || 0,
		to:
			type === "post_type"
				? { entry: object }
				: type === "taxonomy"
					? { term: termIds.get(object) ?? "" }
					: { address: metaOf(item, "_menu_item_url").trim() },
		isNested: parent !== "" && parent !== "0",
		line: item.line,
	};
}

function metaOf(item: XmlElement, key: string): string {
	const meta = childrenOf(item, "wp:postmeta").find((each) => childText(each, "wp:meta_key") === key);
	return meta === undefined ? "" : childText(meta, "wp:meta_value");
}

/** Reads a date in UTC, or the local one beside it where WordPress has written zeros, as for drafts. */
function timeOf(utc: string, local: string): Time | null {
	const at = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(utc)
		? Date.parse(`${utc.replace(" ", "T")}Z`)
		: Number.NaN;
	if (!Number.isNaN(at) && !utc.startsWith("0000")) return { at };
	return local === "" || local.startsWith("0000") ? null : { local: local.replace(" ", "T") };
}

/** Decodes a slug, which WordPress may have cut within a character. */
function decodeSlug(slug: string): string {
	for (let end = slug.length; end > 0 && end > slug.length - 9; end--) {
		try {
			return decodeURIComponent(slug.slice(0, end)).normalize("NFC");
		} catch {
			// Cut within a character: try with less.
		}
	}
	return "";
}

const commentStates: Record<string, CommentRecord["state"]> = {
	"1": "published",
	approve: "published",
	"0": "held",
	hold: "held",
	spam: "spam",
	trash: "deleted",
	"post-trashed": "deleted",
};

function commentOf(element: XmlElement, entry: string, authors: ReadonlyMap<string, string>): ImportRecord {
	const id = childText(element, "wp:comment_id");
	const type = childText(element, "wp:comment_type").trim();
	const line = element.line;
	if (type !== "" && type !== "comment" && type !== "pingback" && type !== "trackback") {
		return { kind: "other", id: `comment/${id}`, type: `comment of type ${type}`, title: id, line };
	}
	const parent = childText(element, "wp:comment_parent");
	const user = childText(element, "wp:comment_user_id");
	return {
		kind: "comment",
		type: type === "pingback" || type === "trackback" ? type : "comment",
		id,
		entry: { id: entry },
		parent: parent === "" || parent === "0" ? null : parent,
		// An unknown state is not public.
		state: commentStates[childText(element, "wp:comment_approved").trim()] ?? "held",
		name: plainTextOf(childText(element, "wp:comment_author")),
		email: childText(element, "wp:comment_author_email") || null,
		website: childText(element, "wp:comment_author_url").trim() || null,
		text: { format: "wordpress", text: childText(element, "wp:comment_content") },
		created: timeOf(childText(element, "wp:comment_date_gmt"), childText(element, "wp:comment_date")),
		byAuthor: authors.has(user),
		keepsNumber: true,
		line,
	};
}
