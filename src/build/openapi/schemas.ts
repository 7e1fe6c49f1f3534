/** A JSON Schema (2020-12), as OpenAPI 3.1 uses it. */
type Schema = Readonly<Record<string, unknown>>;

const text = { type: "string" };
const whole = { type: "integer", minimum: 0 };
const flag = { type: "boolean" };
const uri = { type: "string", format: "uri" };
const instant = { type: "string", format: "date-time" };
const orNull = (schema: Schema): Schema => ({ anyOf: [schema, { type: "null" }] });
const listOf = (items: Schema): Schema => ({ type: "array", items });
const about = (description: string, schema: Schema): Schema => ({ description, ...schema });

/** Returns an object whose properties are all there, and no others. */
function object(properties: Record<string, Schema>): Schema {
	return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

const term = { name: text, slug: text, url: uri };

const entry = {
	id: about("Stays the same when the address changes.", text),
	url: about("The page.", uri),
	first_url: about("Where it appeared first; null if that is here.", orNull(uri)),
	api_url: about("The same with its text, as JSON.", uri),
	markdown_url: about("The same as Markdown.", uri),
	comments_url: about("Its comments; null if it has none and takes none.", orNull(uri)),
	title: text,
	language: about("BCP 47.", text),
	summary: about("Plain text.", text),
	comments: { enum: ["open", "closed", "off"] },
};

const post = {
	...entry,
	published: instant,
	updated: orNull(instant),
	authors: listOf(ref("Term")),
	categories: listOf(ref("Term")),
	tags: listOf(ref("Term")),
	series: orNull(ref("Term")),
	image: orNull(object({ url: uri, alt: text })),
};

const body = {
	html: about("The text as HTML with absolute addresses.", text),
	markdown: about("The text as Markdown with absolute addresses.", text),
};

const next = about("The address of the rest of the list; null at its end.", orNull(uri));

/** Schemas of the API's answers by name. */
export const schemas: Readonly<Record<string, Schema>> = {
	Blog: object({
		title: text,
		tagline: text,
		url: uri,
		language: about("BCP 47 tag of the interface.", text),
		languages: about("BCP 47 tags of the posts.", listOf(text)),
		timezone: about("IANA name.", text),
		description_url: uri,
		posts_url: uri,
		pages_url: uri,
		counts_url: uri,
		search_url: uri,
		categories_url: uri,
		tags_url: uri,
		authors_url: uri,
		series_url: uri,
	}),
	Term: object(term),
	Post: object(post),
	Page: object(entry),
	PostWithText: object({ ...post, ...body }),
	PageWithText: object({ ...entry, ...body }),
	Posts: object({ posts: listOf(ref("Post")), count: about("Posts in the whole list.", whole), next }),
	Pages: object({ pages: listOf(ref("Page")) }),
	Comment: object({
		id: { type: "integer", minimum: 1 },
		url: about("Leads to the page that shows it.", uri),
		parent: about(
			"The comment it answers, which may be hidden by now; null for the post itself.",
			orNull({ type: "integer", minimum: 1 }),
		),
		name: text,
		website: orNull(text),
		html: about("The text as HTML, made of a few harmless elements.", text),
		language: about("BCP 47; null if it is not known.", orNull(text)),
		written: instant,
		published: about("Later than `written` if it waited for approval.", instant),
		edited: orNull(instant),
		by_author: about("Written as the blog.", flag),
		verified: about("Signed with a name that its author has proved by e-mail.", flag),
		reactions: about("Numbers by kind.", { type: "object", additionalProperties: whole }),
	}),
	Comments: object({
		comments: listOf(ref("Comment")),
		count: about("Public comments on the post.", whole),
		next,
	}),
	Results: object({
		results: listOf(
			object({
				entry: { anyOf: [ref("Post"), ref("Page")] },
				excerpt: about("Where the words are, as plain text.", text),
			}),
		),
		count: about("Results in all.", whole),
		next,
	}),
	Counts: object({
		counts: about("Public comments by the id of the post or page.", {
			type: "object",
			additionalProperties: whole,
		}),
	}),
	TermWithPosts: object({ ...term, description: orNull(text), posts: about("Posts with it.", whole) }),
	...Object.fromEntries(
		["categories", "tags", "authors", "series"].map((name) => [
			listName(name),
			object({ [name]: listOf(ref("TermWithPosts")), next }),
		]),
	),
	Problem: object({
		title: about("The status in words.", text),
		status: { type: "integer", minimum: 400, maximum: 599 },
		detail: about("What is wrong and what to do.", text),
	}),
};

/** Returns the name of the schema of a list of terms. */
export function listName(terms: string): string {
	return `${terms.charAt(0).toUpperCase()}${terms.slice(1)}`;
}
