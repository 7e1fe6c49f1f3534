import { type SQL, sql } from "drizzle-orm";

/** The id of a row to be inserted, for the tables whose ids SQLite gives. */
export const newId = sql<number>`NULL`;

/** Returns the elements of a list as rows to select from: one bound parameter, however many. */
export function elements(list: readonly unknown[]): SQL {
	return sql`json_each(${JSON.stringify(list)}) AS element`;
}

/** Returns a property of the element, as a column. */
export function field(name: string): SQL.Aliased {
	return sql`element.value ->> ${sql.raw(`'${name}'`)}`.as(`element_${name}`);
}
