import type { D1Database, D1PreparedStatement, D1Result } from "@cloudflare/workers-types";
import { Column, fillPlaceholders, is } from "drizzle-orm";
import * as v from "valibot";

/** A value that D1 can bind. Booleans are stored as 0 and 1. */
type Value = string | number | boolean | null;

/** The values of a statement's parameters, by name. */
export type Parameters = Record<string, Value>;

/** A row as D1 returns it. */
type RawRow = Record<string, unknown>;

/** An SQL statement with named parameters, and the rows it returns. */
export type Statement<P extends Parameters, Row> = {
	/** Binds the parameters, for a batch. */
	bind(d1: D1Database, parameters: P): D1PreparedStatement;
	/** Parses the rows of a result, such as one of a batch; none for a missing result. */
	rows(result: D1Result<unknown> | undefined): Row[];
	/** Runs the statement and returns its rows. */
	all(d1: D1Database, parameters: P): Promise<Row[]>;
	/** Runs the statement and returns its first row, or null. */
	first(d1: D1Database, parameters: P): Promise<Row | null>;
	/** Runs the statement and returns the number of rows it changed. */
	run(d1: D1Database, parameters: P): Promise<number>;
};

/** Matches string literals, to skip them, and parameters. */
const tokens = /'(?:[^']|'')*'|:([a-z]\w*)/gi;

/**
 * Makes a statement of constant SQL text: each `:name` is one bound parameter, however often it occurs. `parseRow` checks the
 * rows; a statement without it returns none. Drizzle's builder is the rule; this is for statements that a benchmark needs
 * ready-made, or that a batch needs as SQL (a prepared Drizzle query cannot be part of one).
 */
export function statement<P extends Parameters, Row = never>(
	text: string,
	parseRow: (row: RawRow) => Row = refuseRow,
): Statement<P, Row> {
	const names: string[] = [];
	const sql = text.replace(tokens, (token: string, name: string | undefined) => {
		if (name === undefined) return token;
		if (!names.includes(name)) names.push(name);
		return `?${names.indexOf(name) + 1}`;
	});

	const bind = (d1: D1Database, parameters: P) => d1.prepare(sql).bind(...valuesOf(names, parameters));
	const rows = (result: D1Result<unknown> | undefined) =>
		(result?.results ?? []).map((row) => parseRow(row as RawRow));

	return {
		bind,
		rows,
		all: async (d1, parameters) => rows(await bind(d1, parameters).all()),
		async first(d1, parameters) {
			const row = await bind(d1, parameters).first<RawRow>();
			return row === null ? null : parseRow(row);
		},
		run: async (d1, parameters) => (await bind(d1, parameters).run()).meta.changes,
	};
}

/** Prepares a query of Drizzle's builder, for a batch that has statements of both kinds. */
export function prepareQuery(
	d1: D1Database,
	query: { toSQL(): { sql: string; params: unknown[] } },
): D1PreparedStatement {
	const { sql, params } = query.toSQL();
	return d1.prepare(sql).bind(...params);
}

/** A query of Drizzle's builder whose SQL is built once, with `sql.placeholder` for what differs between runs. */
export type CompiledQuery<Row> = {
	/** Binds the placeholders, for a batch. */
	bind(d1: D1Database, values: Record<string, string | number | null>): D1PreparedStatement;
	/** Returns the rows of a result of a batch. */
	rows(result: D1Result<unknown> | undefined): Row[];
};

/**
 * Compiles a selection of `fields` without joined tables of their own. Building a query anew takes several times as long as
 * what D1 does to answer it, which counts where a page is rendered.
 */
export function compileQuery<Row extends object>(
	query: PromiseLike<Row[]> & { toSQL(): { sql: string; params: unknown[] } },
	fields: Record<keyof Row & string, unknown>,
): CompiledQuery<Row> {
	const { sql, params } = query.toSQL();
	const columns = Object.entries(fields).map(([name, field]) => ({
		name,
		decode: is(field, Column)
			? (value: unknown) => field.mapFromDriverValue(value)
			: (value: unknown) => value,
	}));
	return {
		bind: (d1, values) => d1.prepare(sql).bind(...fillPlaceholders(params, values)),
		rows: (result) =>
			(result?.results ?? []).map((found) => {
				const values = Object.values(found as RawRow);
				const row: RawRow = {};
				for (const [at, { name, decode }] of columns.entries()) {
					const value = values[at] ?? null;
					row[name] = value === null ? null : decode(value);
				}
				return row as Row;
			}),
	};
}

/** Returns a row parser for the columns of a Valibot schema. */
export function row<Shape extends v.ObjectEntries>(
	shape: Shape,
): (row: RawRow) => v.InferOutput<v.ObjectSchema<Shape, undefined>> {
	const schema = v.object(shape);
	return (found) => v.parse(schema, found);
}

/** Parses a column that SQLite returns as 0 or 1. */
export const flag = v.pipe(
	v.picklist([0, 1]),
	v.transform((value) => value === 1),
);

/** Parses a column of JSON text. */
export function json<Schema extends v.GenericSchema>(schema: Schema) {
	return v.pipe(v.string(), v.parseJson(), schema);
}

function refuseRow(): never {
	throw new Error("a statement without a row parser returned a row");
}

/** Returns the values in the order of `names`. A name without a value, or a value without a name, is a mistake in the code. */
function valuesOf(names: readonly string[], parameters: Parameters): (string | number | null)[] {
	const unused = Object.keys(parameters).filter((name) => !names.includes(name));
	if (unused.length > 0) throw new Error(`the statement has no parameter ${unused.join(", ")}`);
	return names.map((name) => {
		const value = parameters[name];
		if (value === undefined) throw new Error(`the statement's parameter ${name} has no value`);
		return typeof value === "boolean" ? Number(value) : value;
	});
}
