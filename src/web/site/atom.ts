import { generateAtomFeed } from "feedsmith";
import { toXmlHtml, toXmlText } from "../../text/xml.ts";

// Bundles feedsmith's Atom writer without its parsers, which are five times as large. Load it with `import()`.

type AtomFeed = Parameters<typeof generateAtomFeed>[0];

/** Writes an Atom feed (RFC 4287). Characters that XML forbids are replaced in every text: one would break the whole feed. */
export function writeAtomFeed({ entries = [], ...feed }: AtomFeed): string {
	const safe = entries.map((entry) => ({
		...entry,
		content: { ...entry.content, value: toXmlHtml(entry.content?.value ?? "") },
	}));
	return toXmlText(generateAtomFeed({ ...feed, entries: safe }));
}
