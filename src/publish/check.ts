import * as v from "valibot";
import type { Problem } from "./problems.ts";
import { isRecord, lineOf, type Written } from "./yaml.ts";

/**
 * Validates what was written and words every mistake with its line. The value is what remains once the mistaken keys
 * are set aside, so that later checks still run; it is null when a required key without a stand-in is among them.
 */
export function check<const S extends v.GenericSchema>(
	file: string,
	{ values, lines, mistakes }: Written,
	schema: S,
	standIns: Readonly<Record<string, string>>,
): { value: v.InferOutput<S> | null; problems: Problem[] } {
	const problems: Problem[] = mistakes.map((mistake) => ({ file, ...mistake }));
	const remaining = structuredClone(values);
	const setAside = new Set<string>();
	while (remaining !== null) {
		const result = v.safeParse(schema, remaining);
		if (result.success) return { value: result.output, problems };
		const before = setAside.size;
		for (const issue of result.issues) {
			const path = (issue.path ?? []).map(({ key }) => String(key));
			if (setAside.has(path.join("."))) continue;
			problems.push({ file, line: lineOf(lines, path), message: worded(issue.message, path, lines) });
			setAside.add(path.join("."));
			drop(remaining, path, standIns);
		}
		if (setAside.size === before) break;
	}
	return { value: null, problems };
}

function worded(message: string, path: readonly string[], lines: Written["lines"]): string {
	const name = path.filter((key) => !/^\d+$/.test(key)).join(".");
	const written = lines.has(path.join("."));
	return `${name}: ${written ? message.replace("is missing; add a line", "is empty; write it") : message}`;
}

/** Takes out the key at the path; where that would leave a hole or change nothing, the outermost key goes. */
function drop(
	values: Record<string, unknown>,
	path: readonly string[],
	standIns: Readonly<Record<string, string>>,
): void {
	const [first = "", last = ""] = [path[0], path.at(-1)];
	let parent: unknown = values;
	for (const key of path.slice(0, -1)) {
		parent = Array.isArray(parent) ? parent[Number(key)] : isRecord(parent) ? parent[key] : undefined;
	}
	if (isRecord(parent) && Object.hasOwn(parent, last)) delete parent[last];
	else delete values[first];
	const standIn = standIns[first];
	if (path.length === 1 && standIn !== undefined) values[first] = standIn;
}
