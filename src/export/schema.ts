import { commentStates } from "../comments/comment.ts";
import { roles } from "../members/member.ts";
import { auditKinds } from "../moderation/audit-log.ts";
import { subscriptionStates } from "../notifications/subscription.ts";
import { recordFiles } from "./records.ts";

type Schema = Record<string, unknown>;

const text: Schema = { type: "string" };
const textOrNull: Schema = { type: ["string", "null"] };
const time: Schema = { type: "string", format: "date-time" };
const timeOrNull: Schema = { type: ["string", "null"], format: "date-time" };
const id: Schema = { type: "integer", minimum: 1 };
const idOrNull: Schema = { type: ["integer", "null"], minimum: 1 };
const flag: Schema = { type: "boolean" };
const one = (values: readonly string[]): Schema => ({ enum: values });
const oneOrNull = (values: readonly string[]): Schema => ({ enum: [...values, null] });
const described = (schema: Schema, description: string): Schema => ({ ...schema, description });

/** An object that has all of these members and no others. */
const object = (properties: Record<string, Schema>): Schema => ({
	type: "object",
	properties,
	required: Object.keys(properties),
	additionalProperties: false,
});

const visitor = described(text, "A random id of the browser; empty if it is not known.");
const post = described(text, "The id of the post in its front matter, or the name of its file.");

const records: Record<string, Schema> = {
	comments: object({
		id: described(id, "Its number, as in #comment-12."),
		post,
		parent: described(idOrNull, "The comment it replies to."),
		state: one(commentStates),
		name: text,
		email: textOrNull,
		website: textOrNull,
		visitor,
		text: described(text, "Markdown, as it was typed."),
		lang: described(textOrNull, "BCP 47."),
		createdAt: time,
		publishedAt: timeOrNull,
		editedAt: timeOrNull,
		version: id,
		byAuthor: described(flag, "Whether it was written in the admin."),
		verified: described(flag, "Whether its name is reserved for its author."),
		findings: described(
			{ type: ["array", "null"], items: { type: "object" } },
			"Why the rules did not publish it.",
		),
		importedFrom: { anyOf: [object({ source: text, id: text }), { type: "null" }] },
		earlierVersions: {
			type: "array",
			items: object({
				name: text,
				website: textOrNull,
				text,
				writtenAt: time,
				replacedAt: time,
				actor: described(textOrNull, "The moderator who replaced it; null for its author."),
				operation: text,
			}),
		},
	}),
	reactions: object({ post, comment: idOrNull, reaction: text, visitor, createdAt: time }),
	subscriptions: object({
		email: text,
		post,
		comment: described(idOrNull, "The comment whose replies are mailed; null for the whole thread."),
		state: one(subscriptionStates),
		visitor,
		requestedAt: time,
		createdAt: time,
		confirmedAt: described(timeOrNull, "When the reader has confirmed the address, which is the consent."),
	}),
	decisions: object({
		decision: one(auditKinds),
		comment: idOrNull,
		post: textOrNull,
		state: oneOrNull(commentStates),
		actor: text,
		reason: text,
		at: time,
		operation: described(text, "Shared by the entries that are undone together."),
		before: textOrNull,
		after: textOrNull,
		undoneAt: timeOrNull,
		version: idOrNull,
	}),
	people: object({
		person: one(["member", "reader"]),
		name: text,
		role: oneOrNull(roles),
		email: textOrNull,
		visitor: textOrNull,
		since: time,
		leftAt: timeOrNull,
	}),
	threads: object({ post, closedAt: timeOrNull, pinned: idOrNull }),
	erasures: object({ source: text, id: text, erasedAt: time }),
};

/** The JSON Schema (draft 2020-12) of the export: each file's records are of the definition with its name. */
export const exportSchema: Schema = {
	$schema: "https://json-schema.org/draft/2020-12/schema",
	title: "edgecat export",
	description:
		"Each line of NAME.jsonl is one of #/$defs/NAME. Times are UTC; lines are in the order they were written.",
	$defs: Object.fromEntries(
		recordFiles.map(({ name, description }) => [name, described(records[name] ?? {}, description)]),
	),
};
