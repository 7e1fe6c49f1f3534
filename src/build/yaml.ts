import {
	isAlias,
	isMap,
	isNode,
	isScalar,
	isSeq,
	LineCounter,
	parseDocument,
	type Scalar,
	Schema,
} from "yaml";
import type { FieldError } from "./problems.ts";
import { explainLines, findLookAlikes } from "./yaml-lines.ts";
import { explainSyntaxError, needsQuotes } from "./yaml-syntax.ts";

/** Made once, since a document would make its own each. */
const coreSchema = new Schema({ schema: "core", resolveKnownTags: true });

/** A parsed YAML map. */
export type ParsedYaml = {
	/**
	 * Scalars as strings, so that a title such as `2001` or `1.10` stays as typed; keys without a value are omitted. Null if
	 * the text is not valid YAML.
	 */
	values: Record<string, unknown> | null;
	/** Line of every key and list item by its path, such as `image.src` or `tags.2`. */
	lines: ReadonlyMap<string, number>;
	errors: FieldError[];
	/** Lines that mean something other than they look. */
	warnings: FieldError[];
};

/** Parses a YAML map; `firstLine` is the line in the file on which the text begins. */
export function parseYaml(source: string, firstLine: number): ParsedYaml {
	const counter = new LineCounter();
	const document = parseDocument(source, {
		lineCounter: counter,
		schema: coreSchema,
		prettyErrors: false,
		logLevel: "silent",
	});
	const lines = new Map<string, number>();
	const errors: FieldError[] = [];
	const lineAt = (offset: number) => counter.linePos(offset).line + firstLine - 1;

	for (const error of document.errors) {
		const { start, message } = explainSyntaxError(error, source, document.contents);
		if (error.code !== "DUPLICATE_KEY") {
			const known = explainLines(source, firstLine);
			const found = known.length > 0 ? known : [{ line: lineAt(start), message }];
			return { values: null, lines, errors: [...errors, ...found], warnings: [] };
		}
		errors.push({ line: lineAt(start), message });
	}
	for (const warning of document.warnings) {
		const [start] = warning.pos;
		errors.push({ line: lineAt(start), message: needsQuotes(source, start) });
	}

	const values = read(document.contents, "");
	if (values === "" || isRecord(values)) {
		const warnings = findLookAlikes(source, firstLine);
		return { values: values === "" ? {} : values, lines, errors, warnings };
	}
	const known = explainLines(source, firstLine);
	const message = "must contain keys with values; write a line such as title: Hello.";
	const found = known.length > 0 ? known : [{ line: firstLine, message }];
	return { values: null, lines, errors: [...errors, ...found], warnings: [] };

	function read(node: unknown, path: string): unknown {
		if (isNode(node) && (isAlias(node) || node.anchor !== undefined)) {
			const start = source.lastIndexOf(isAlias(node) ? "*" : "&", node.range?.[0] ?? 0);
			errors.push({ line: lineAt(start), message: needsQuotes(source, start) });
			return source.slice(start);
		}
		if (isMap(node)) {
			const entries: [string, unknown][] = [];
			for (const pair of node.items) {
				const key = isScalar(pair.key) ? textOf(pair.key) : String(pair.key);
				const value = read(pair.value, recordLine(path, key, pair.key));
				if (value !== "") entries.push([key, value]);
			}
			return Object.fromEntries(entries);
		}
		if (isSeq(node))
			return node.items.map((item, index) => read(item, recordLine(path, String(index), item)));
		return isScalar(node) ? textOf(node) : "";
	}

	function recordLine(path: string, key: string, node: unknown): string {
		const full = path === "" ? key : `${path}.${key}`;
		if (isNode(node) && node.range) lines.set(full, lineAt(node.range[0]));
		return full;
	}
}

/** Returns the line of the key or item at a path, else of its nearest existing ancestor, else 1. */
export function lineOf(lines: ReadonlyMap<string, number>, path: readonly string[]): number {
	for (let depth = path.length; depth > 0; depth--) {
		const line = lines.get(path.slice(0, depth).join("."));
		if (line !== undefined) return line;
	}
	return 1;
}

/** Whether a value read from YAML is a map. */
export function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf({ value, source }: Scalar): string {
	if (value === null) return "";
	if (typeof value === "string") return value.trim() === "" ? "" : value;
	return source ?? String(value);
}
