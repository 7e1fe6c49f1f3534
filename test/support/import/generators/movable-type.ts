import { needles, type OldBlog, type OldComment, type OldEntry, oldAddress, oldPath } from "../old-blog.ts";
import { escapeXml } from "./wordpress.ts";

const statuses: Partial<Record<OldEntry["state"], string>> = {
	public: "Publish",
	scheduled: "Future",
	draft: "Draft",
	pending: "Review",
	private: "Unpublish",
	unknown: "Mystery",
};

/** Writes Movable Type's text as its ImportExport.pm does, with the addresses of Typepad; every other date has 24 hours. */
export function writeMovableType({ entries, comments }: OldBlog): string {
	return entries
		.map((entry) =>
			writeEntry(
				entry,
				comments.filter((comment) => comment.entry === entry.number),
			),
		)
		.join("");
}

function writeEntry(entry: OldEntry, comments: readonly OldComment[]): string {
	const { number, title, slug, paragraphs, state, published, categories, tags } = entry;
	const [primary] = categories;
	return `AUTHOR: Mika & Co
AUTHOR EMAIL: ${needles.email}
TITLE: ${escapeXml(title)}
BASENAME: ${slug}
STATUS: ${statuses[state]}
ALLOW COMMENTS: 1
CONVERT BREAKS: richtext
ALLOW PINGS: 1
${primary === undefined ? "" : `PRIMARY CATEGORY: ${primary}\n`}${categories.map((name) => `CATEGORY: ${name}\n`).join("")}DATE: ${date(published, number)}
TAGS: ${tags.map((name) => (name.includes(" ") ? `"${name}"` : name)).join(",")}
UNIQUE URL: ${encodeURI(oldAddress + oldPath(entry))}
-----
BODY:
${paragraphs.map((text) => `<p>${escapeXml(text)}</p>`).join("\n\n")}
-----
EXTENDED BODY:

-----
EXCERPT:

-----
KEYWORDS:

-----

${comments.map(writeComment).join("\n")}
--------
`;
}

function writeComment({ number, name, website, text, created }: OldComment): string {
	return `COMMENT:
AUTHOR: ${escapeXml(name)}
EMAIL: ${needles.email}
IP: ${needles.ip}
URL: ${website}
DATE: ${date(created, number)}
${escapeXml(text)}
-----
`;
}

function date(at: number, number: number): string {
	const [year, month, day, hour = 0, minute = 0, second = 0] = new Date(at)
		.toISOString()
		.split(/\D/)
		.map(Number);
	const pad = (part = 0) => String(part).padStart(2, "0");
	const rest = `${pad(minute)}:${pad(second)}`;
	const time =
		number % 2 === 0 ? `${pad(hour)}:${rest}` : `${pad(hour % 12 || 12)}:${rest} ${hour < 12 ? "AM" : "PM"}`;
	return `${pad(month)}/${pad(day)}/${year} ${time}`;
}
