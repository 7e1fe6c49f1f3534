// SQL text: a limit for each visitor, which Drizzle cannot express in one statement.
import type { D1Database } from "@cloudflare/workers-types";
import * as v from "valibot";
import type { CommenterHistory } from "../moderation/queue.ts";
import { json, row, statement } from "./statement.ts";

/** Comments of a visitor that are counted, the latest; a spammer may have any number. */
const countedComments = 100;

const counts = v.object({
	published: v.optional(v.number(), 0),
	held: v.optional(v.number(), 0),
	spam: v.optional(v.number(), 0),
	deleted: v.optional(v.number(), 0),
});

const selectHistories = statement<{ visitors: string }, { visitor: string; history: CommenterHistory }>(
	`SELECT visitor.value AS visitor, (
		SELECT json_group_object(state, number) FROM (
			SELECT state, count(*) AS number FROM (
				SELECT state FROM comments WHERE comments.visitor = visitor.value ORDER BY id DESC LIMIT ${countedComments}
			) GROUP BY state
		)
	) AS history FROM json_each(:visitors) AS visitor`,
	row({ visitor: v.string(), history: json(counts) }),
);

/** The history of someone without a visitor id. */
export const noHistory: CommenterHistory = { published: 0, held: 0, spam: 0, deleted: 0 };

/** Reads how many of the latest comments of each author are in each state, by visitor id. */
export async function readHistories(
	d1: D1Database,
	written: readonly { visitor: string }[],
): Promise<ReadonlyMap<string, CommenterHistory>> {
	const visitors = [...new Set(written.map(({ visitor }) => visitor).filter((visitor) => visitor !== ""))];
	if (visitors.length === 0) return new Map();
	const found = await selectHistories.all(d1, { visitors: JSON.stringify(visitors) });
	return new Map(found.map(({ visitor, history }) => [visitor, history]));
}
