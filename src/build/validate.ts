import * as v from "valibot";
import type { Problem } from "./problems.ts";
import { isRecord, lineOf, type ParsedYaml } from "./yaml.ts";

/**
 * Validates a YAML map and reports every error with its line. Invalid keys are removed from the value, so that later checks
 * still run; the value is null if a required key without a fallback is invalid.
 */
export function validate<const S extends v.GenericSchema>(
	file: string,
	{ values, lines, errors }: ParsedYaml,
	schema: S,
	fallbacks: Readonly<Record<string, string>>,
): { value: v.InferOutput<S> | null; problems: Problem[] } {
	const problems: Problem[] = errors.map((error) => ({ file, ...error }));
	const checked = v.safeParse(schema, values);
	if (checked.success) return { value: checked.output, problems };
	const remaining = structuredClone(values);
	const removed = new Set<string>();
	while (remaining !== null) {
		const result = v.safeParse(schema, remaining);
		if (result.success) return { value: result.output, problems };
		const before = removed.size;
		for (const issue of result.issues) {
			const path = (issue.path ?? []).map(({ key }) => String(key));
			if (removed.has(path.join("."))) continue;
			problems.push({ file, line: lineOf(lines, path), message: formatIssue(issue.message, path, lines) });
			removed.add(path.join("."));
			removeKey(remaining, path, fallbacks);
		}
		if (removed.size === before) break;
	}
	return { value: null, problems };
}

function formatIssue(message: string, path: readonly string[], lines: ParsedYaml["lines"]): string {
	const name = path.filter((key) => !/^\d+$/.test(key)).join(".");
	const isWritten = lines.has(path.join("."));
	return `${name}: ${isWritten ? message.replace("is missing; add a line", "is empty; write a line") : message}`;
}

/** Deletes the key at a path; within a list, or if the key does not exist, deletes the outermost key. */
function removeKey(
	values: Record<string, unknown>,
	path: readonly string[],
	fallbacks: Readonly<Record<string, string>>,
): void {
	const [first = "", last = ""] = [path[0], path.at(-1)];
	let parent: unknown = values;
	for (const key of path.slice(0, -1)) {
		parent = Array.isArray(parent) ? parent[Number(key)] : isRecord(parent) ? parent[key] : undefined;
	}
	if (isRecord(parent) && Object.hasOwn(parent, last)) delete parent[last];
	else delete values[first];
	const fallback = fallbacks[first];
	if (path.length === 1 && fallback !== undefined) values[first] = fallback;
}
