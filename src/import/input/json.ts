import { JSONParser } from "@streamparser/json";
import { ImportError } from "../error.ts";
import type { SourceFile } from "./source-file.ts";

/** A value of a JSON file, and the line on which it ends. */
export type JsonValue = { value: unknown; line: number };

/**
 * Reads the values at a path such as `$.results.*` of a JSON file as a stream; with `$`, each of the values that follow one
 * another, as in JSON lines. A first line that begins with `#`, as LeanCloud's, is left out.
 */
export async function* readJson(file: SourceFile, path: string): AsyncGenerator<JsonValue> {
	const parser = new JSONParser({ paths: [path], keepStack: false, separator: "" });
	const found: unknown[] = [];
	let error: Error | null = null;
	parser.onValue = ({ value }) => found.push(value);
	parser.onError = (reason) => {
		error ??= reason;
	};
	let line = 1;
	let isComment: boolean | null = null;
	const check = () => {
		if (error === null) return;
		const reason = error.message.split(/ at chunk position|\. Either/)[0];
		throw new ImportError(
			`${file.name}:${line}: the file is incomplete or damaged (${reason}); nothing was imported. Export it again.`,
		);
	};
	for await (const chunk of file.text()) {
		for (const part of chunk.split(/(?<=\n)/)) {
			isComment ??= part.startsWith("#");
			if (!isComment) parser.write(part);
			check();
			for (const value of found.splice(0)) yield { value, line };
			if (!part.endsWith("\n")) continue;
			line += 1;
			isComment = false;
		}
	}
	if (!parser.isEnded) parser.end();
	check();
	for (const value of found.splice(0)) yield { value, line };
}

/** Returns a member of a JSON value as text; empty if it is neither text nor a number. */
export function jsonText(value: unknown, key: string): string {
	const member = jsonMember(value, key);
	return typeof member === "string" ? member : typeof member === "number" ? String(member) : "";
}

/** Returns a member of a JSON value; undefined if there is none. */
export function jsonMember(value: unknown, key: string): unknown {
	const isOwn = typeof value === "object" && value !== null && Object.hasOwn(value, key);
	return isOwn ? (value as Record<string, unknown>)[key] : undefined;
}
