import { type SQL, sql } from "drizzle-orm";
import { casedForms, toCaseless } from "../text/case.ts";

/** Most letters that are folded: D1 allows expressions 100 levels deep. Every alphabet has fewer with two cases. */
const maxForms = 80;

/**
 * Makes the condition that a text contains each word in any of its spellings, whatever the case. SQLite's `lower` knows
 * ASCII only, so that the letters of the words are replaced in the text one by one; they are numbers in the SQL text, not
 * parameters, of which D1 allows a hundred. `instr`, because D1 refuses LIKE patterns of more than 50 bytes, 16 kanji.
 */
export function containsWords(text: SQL, words: readonly (readonly string[])[]): SQL {
	const folded = words.map((spellings) => [...new Set(spellings.map(toCaseless))]);
	const letters = new Set(folded.flat().flatMap((spelling) => [...spelling]));
	const forms = [...letters].flatMap((letter) => casedForms(letter).map((form) => [form, letter] as const));
	const lower = forms
		.slice(0, maxForms)
		.reduce(
			(inner, [form, letter]) => sql`replace(${inner}, ${code(form)}, ${code(letter)})`,
			sql`lower(${text})`,
		);
	const contains = folded.map((spellings) =>
		sql.join(
			spellings.map((spelling) => sql`instr(folded, ${spelling}) > 0`),
			sql` OR `,
		),
	);
	const all = sql.join(
		contains.map((one) => sql`(${one})`),
		sql` AND `,
	);
	return sql`(SELECT ${all} FROM (SELECT ${lower} AS folded))`;
}

const code = (letter: string) => sql.raw(`char(${letter.codePointAt(0)})`);
