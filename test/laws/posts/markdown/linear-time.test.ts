import { describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../../src/comments/markdown.ts";
import { constructs } from "../../../support/constructs.ts";
import { cpuTime } from "../../../support/cpu-time.ts";
import { render } from "../../../support/render.ts";

/** Eight times the length takes eight times as long, or 64 times if time grows with the square of the length. */
const growth = 8;

/** Characters of a comment; more are refused. */
const longestComment = 10_000;

describe("the time of rendering a character", () => {
	it("is the same in a long post with every construct", { timeout: 120_000 }, async () => {
		const all = Object.values(constructs)
			.filter((part) => !/^(?:<|\$\$$|::: pair en ja$)/.test(part))
			.join("\n\n");
		expect(await ratioOf((text) => render(text), `${all}\n\n`, 160_000, 2)).toBeLessThan(2);
	});

	it.each(Object.entries(constructs))(
		"is the same in a long post: %s",
		{ timeout: 60_000 },
		async (_, part) => {
			expect(await ratioOf((text) => render(text), `${part}\n\n`, 32_000, 4)).toBeLessThan(4);
		},
	);

	it.each(Object.entries(constructs))("is the same in the longest comment: %s", async (_, part) => {
		expect(await ratioOf(renderCommentMarkdown, `${part}\n`, longestComment, 4)).toBeLessThan(4);
	});
});

/**
 * Returns how many times longer a character takes in a long text than in a short one: the lowest of four measurements, or
 * the first below the limit.
 */
async function ratioOf(
	call: (text: string) => unknown,
	part: string,
	length: number,
	limit: number,
): Promise<number> {
	const long = part.repeat(Math.ceil(length / part.length)).slice(0, length);
	const short = long.slice(0, length / growth);
	let lowest = Number.POSITIVE_INFINITY;
	for (let round = 0; round < 4 && lowest >= limit; round++) {
		const before = cpuTime();
		for (let time = 0; time < growth / 2; time++) await call(short);
		const between = cpuTime();
		await call(long);
		lowest = Math.min(lowest, (cpuTime() - between) / Math.max(2 * (between - before), 2));
	}
	return lowest;
}
