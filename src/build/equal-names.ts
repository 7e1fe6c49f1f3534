import type * as v from "valibot";
import { foldCase } from "../posts/paths.ts";
import type { FieldError } from "./problems.ts";
import { type termFields, toKnownTerms, toTerm } from "./terms.ts";
import { lineOf } from "./yaml.ts";

/** Reports names under `authors` and `terms` of which one would replace the other. */
export function findEqualNames(
	fields: { authors?: object | undefined; terms?: v.InferOutput<typeof termFields> | undefined },
	lines: ReadonlyMap<string, number>,
): FieldError[] {
	const terms = toKnownTerms(fields.terms ?? {});
	const find = (key: string, names: readonly string[], keyOf: (name: string) => string) => {
		const first = new Map(names.toReversed().map((name) => [keyOf(name), name]));
		return names.flatMap((name) => {
			const other = first.get(keyOf(name));
			if (other === name) return [];
			const message = `${key}.${name}: is the same name as "${other}"; keep one of them.`;
			return [{ line: lineOf(lines, [key, name]), message }];
		});
	};
	return [
		...find("terms", Object.keys(fields.terms ?? {}), foldCase),
		...find("authors", Object.keys(fields.authors ?? {}), (name) => toTerm(name, terms).slug),
	];
}
