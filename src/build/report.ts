import type { BuildResult } from "./build.ts";
import { formatProblem } from "./problems.ts";

/** Formats a build result: `problems`, one per line, for standard error, and a summary. */
export function formatReport(
	result: BuildResult,
	milliseconds: number,
): { problems: string[]; summary: string } {
	if (!result.ok) {
		return {
			problems: result.problems.map(formatProblem),
			summary: `Build failed: ${count(result.problems.length, "error")}.`,
		};
	}
	const { posts, pages, warnings, missingBlogId } = result;
	const hint =
		missingBlogId === null
			? ""
			: `\nAdd this line to site.yaml, so that feed readers know your posts again if the address changes:\n${missingBlogId}`;
	return {
		problems: warnings.map(({ message, ...location }) =>
			formatProblem({ ...location, message: `warning: ${message}` }),
		),
		summary: `Built ${count(posts, "post")} and ${count(pages, "page")} in ${Math.round(milliseconds)} ms.${hint}`,
	};
}

function count(number: number, noun: string): string {
	return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
