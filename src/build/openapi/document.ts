import { listName, schemas } from "./schemas.ts";

type Parameter = { name: string; in: "path" | "query"; description: string; [key: string]: unknown };

const text = { type: "string" };

const id = {
	name: "id",
	in: "path",
	required: true,
	description: "Id, percent-encoded.",
	schema: text,
} as const;

/** The API's description (OpenAPI 3.1), served beside it as a static file. */
export const openApiDocument = {
	openapi: "3.1.1",
	info: {
		title: "The blog as data",
		version: "1",
		description:
			"Everything that readers see: posts, pages, comments, and what the posts are grouped by. No key is needed. Lists come in parts; `next` leads on.",
	},
	servers: [{ url: "/api", description: "The blog this description comes from." }],
	paths: {
		"/v1": get("Blog", "readBlog", "The blog and the addresses below", []),
		"/v1/posts": get("Posts", "listPosts", "Posts, newest first, without their texts", [
			query("category", "Slug; only one of category, tag, author and series.", text),
			query("tag", "Slug.", text),
			query("author", "Slug.", text),
			query("series", "Slug.", text),
			query("language", "BCP 47.", text),
			query("after", "Id of the post after which the list goes on.", text),
		]),
		"/v1/posts/{id}": get("PostWithText", "readPost", "A post with its text", [id]),
		"/v1/posts/{id}/comments": comments("listPostComments", "Public comments on a post"),
		"/v1/pages": get("Pages", "listPages", "Standing pages, without their texts", []),
		"/v1/pages/{id}": get("PageWithText", "readPage", "A page with its text", [id]),
		"/v1/pages/{id}/comments": comments("listPageComments", "Public comments on a page"),
		"/v1/search": get("Results", "search", "Posts and pages with words in their texts, the best first", [
			{ ...query("q", "Words; quoted, they have to follow one another.", text), required: true },
			query("language", "BCP 47.", text),
			query("page", "Number of the page of results.", { type: "integer", minimum: 1, maximum: 999 }),
		]),
		"/v1/counts": get("Counts", "countComments", "Numbers of comments on posts and pages", [
			{
				...query("id", "Id of a post or page, up to 50 times. Ids that nothing has are left out.", {
					type: "array",
					items: text,
					minItems: 1,
					maxItems: 50,
				}),
				required: true,
				style: "form",
				explode: true,
			},
		]),
		...Object.fromEntries(
			["categories", "tags", "authors", "series"].map((name) => [
				`/v1/${name}`,
				get(
					listName(name),
					`list${listName(name)}`,
					`The ${name} of the posts, the most recently used first`,
					[query("after", "Slug after which the list goes on.", text)],
				),
			]),
		),
	},
	components: { schemas },
};

function comments(operationId: string, summary: string) {
	return get("Comments", operationId, `${summary}, in the order in which they appeared`, [
		id,
		query("after", "Id of the comment after which the list goes on.", { type: "integer", minimum: 1 }),
	]);
}

function query(name: string, description: string, schema: object): Parameter {
	return { name, in: "query", description, schema };
}

function get(schema: string, operationId: string, summary: string, parameters: readonly Parameter[]) {
	return {
		get: {
			operationId,
			summary,
			parameters,
			responses: {
				200: response(`${summary}.`, "application/json", schema),
				default: response("An error.", "application/problem+json", "Problem"),
			},
		},
	};
}

function response(description: string, type: string, schema: string) {
	return { description, content: { [type]: { schema: { $ref: `#/components/schemas/${schema}` } } } };
}
