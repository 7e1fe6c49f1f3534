import type { BuildResult } from "./build.ts";
import { formatProblem } from "./problems.ts";

/** What to print of a build: `problems`, one a line, for standard error, and a closing sentence. */
export function reportOf(result: BuildResult, milliseconds: number): { problems: string[]; summary: string } {
	if (!result.ok) {
		return {
			problems: result.problems.map(formatProblem),
			summary: `The content was not built: ${count(result.problems.length, "mistake")}.`,
		};
	}
	const { posts, pages, warnings } = result;
	return {
		problems: warnings.map(({ message, ...place }) =>
			formatProblem({ ...place, message: `warning: ${message}` }),
		),
		summary: `Built ${count(posts, "post")} and ${count(pages, "page")} in ${Math.round(milliseconds)} ms.`,
	};
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
