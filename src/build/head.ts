import * as v from "valibot";
import type { HeadElement } from "../posts/site.ts";
import { closestMatch } from "./did-you-mean.ts";
import { language, list, type ParseResult, parsedText, record, text } from "./fields.ts";
import type { FieldError } from "./problems.ts";
import { webAddress } from "./web-address.ts";
import { isRecord, lineOf } from "./yaml.ts";

const meta = record(
	{ name: v.optional(parsedText(parseName)), property: v.optional(parsedText(parseName)), content: text },
	{ content: "content: abc123" },
);

const link = record(
	{
		rel: parsedText(parseRelations),
		href: parsedText(parseAddress),
		type: v.optional(text),
		title: v.optional(text),
		hreflang: v.optional(language),
	},
	{ rel: "rel: me", href: "href: https://social.example/@ann" },
);

/**
 * Schema of `head` in `site.yaml`: meta and link elements by their attributes. None can run a script, load a file from
 * another site or repeat what every page has, so that what the pages promise stays true.
 */
export const headFields = list(
	v.pipe(
		record({ meta: v.optional(meta), link: v.optional(link) }, { meta: "meta: { name: …, content: … }" }),
		v.transform(({ meta, link }): HeadElement => {
			const attributes = Object.entries({ ...meta, ...link }).filter(([, value]) => value !== undefined);
			return {
				element: meta === undefined ? "link" : "meta",
				attributes: Object.fromEntries(attributes) as HeadElement["attributes"],
			};
		}),
	),
);

/** Reports items of `head` that are not one element, and meta elements without a name, as they are written. */
export function findHeadMistakes(values: unknown, lines: ReadonlyMap<string, number>): FieldError[] {
	const items = isRecord(values) && Array.isArray(values.head) ? values.head : [];
	return items.flatMap((item: unknown, at) => {
		const explain = (rule: string): FieldError[] => [
			{
				line: lineOf(lines, ["head", String(at)]),
				message: `head: ${rule}; write for example - meta: { name: example-verification, content: abc123 }.`,
			},
		];
		if (!isRecord(item)) return [];
		const { meta } = item;
		if (Object.keys(item).length === 0 || ("meta" in item && "link" in item))
			return explain("each item is one meta or one link");
		if (!isRecord(meta) || Object.keys(meta).some((key) => !["name", "property", "content"].includes(key)))
			return [];
		return "name" in meta !== "property" in meta ? [] : explain("a meta has a name or a property");
	});
}

/** Names that every page has already, or that change what browsers do. */
const ownNames =
	/^(?:viewport|description|author|referrer|color-scheme|theme-color|twitter:card|twitter:image:alt|og:.*|article:.*)$/i;

function parseName(name: string): ParseResult<string> {
	if (!ownNames.test(name)) return { value: name };
	return { error: `"${name}" is set on every page by the engine; remove it.` };
}

/** Relations by which a browser loads nothing. */
const relations = [
	...["alternate", "archives", "author", "authorization_endpoint", "bookmark", "blogroll", "help", "hub"],
	...["indieauth-metadata", "license", "me", "micropub", "microsub", "openid.delegate", "openid.server"],
	...["openid2.local_id", "openid2.provider", "payment", "pgpkey", "pingback", "privacy-policy", "publisher"],
	...["search", "self", "terms-of-service", "token_endpoint", "webmention"],
];

function parseRelations(input: string): ParseResult<string> {
	const wrong = input
		.toLowerCase()
		.split(" ")
		.find((each) => !relations.includes(each));
	if (wrong === undefined) return { value: input.toLowerCase() };
	const match = closestMatch(wrong, relations);
	const fix = match === null ? `write one of ${relations.join(", ")}.` : `did you mean "${match}"?`;
	return { error: `"${wrong}" is not allowed here, because browsers may load what it names; ${fix}` };
}

function parseAddress(input: string): ParseResult<string> {
	if (/^\/(?!\/)/.test(input) || /^mailto:/i.test(input) || webAddress(input) !== null)
		return { value: input };
	return {
		error: `"${input}" is neither a web address, a path nor mailto:; write one such as https://social.example/@ann.`,
	};
}
