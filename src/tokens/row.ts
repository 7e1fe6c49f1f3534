import * as v from "valibot";

/**
 * Names a row in a token. After a database is restored, another row may get the id of one that was lost, but not its time of
 * creation (epoch milliseconds) as well.
 */
export const rowSchema = v.object({
	id: v.pipe(v.number(), v.integer(), v.minValue(1)),
	createdAt: v.number(),
});

export type Row = v.InferOutput<typeof rowSchema>;

/** Returns the name of a row, without its other columns. */
export function nameRow({ id, createdAt }: Row): Row {
	return { id, createdAt };
}

/** Whether a token names this row. */
export function isSameRow(one: Row, other: Row): boolean {
	return one.id === other.id && one.createdAt === other.createdAt;
}
