import { describe, expect, it } from "vitest";
import { renderCommentMarkdown } from "../../../../src/comments/markdown.ts";
import { constructs } from "../../../support/constructs.ts";
import { cpuTime } from "../../../support/cpu-time.ts";
import { render } from "../../../support/render.ts";

/** Characters: a long post and eight times its length, whose time would be 64 times as long if it grew with the square. */
const sizes = [16_384, 131_072] as const;

/** The highest ratio of the time for a character; noise and collections of garbage take a part of it. */
const maxRatio = 3;

describe("the time of rendering", () => {
	it.each(Object.entries(constructs))(
		"grows with the length of a post, not with its square: %s",
		async (_, part) => {
			for (const separator of ["\n\n", "\n", " "]) {
				if (separator === " " && part.includes("\n")) continue;
				const [short, long] = sizes.map((size) => repeat(part + separator, size));
				const ratio = await ratioOf((text) => render(text), short ?? "", long ?? "");
				expect(ratio, JSON.stringify(part + separator)).toBeLessThan(maxRatio);
			}
		},
	);

	it.each(Object.entries(constructs))(
		"grows with the length of a comment, not with its square: %s",
		async (_, part) => {
			for (const separator of ["\n\n", "\n", " "]) {
				const ratio = await ratioOf(
					renderCommentMarkdown,
					repeat(part + separator, 1250),
					repeat(part + separator, 10_000),
				);
				expect(ratio, JSON.stringify(part + separator)).toBeLessThan(maxRatio);
			}
		},
	);
});

/** Returns how many times longer a character takes in the long text; the lowest of three measurements. */
async function ratioOf(call: (text: string) => unknown, short: string, long: string): Promise<number> {
	let lowest = Number.POSITIVE_INFINITY;
	for (let round = 0; round < 3 && lowest > maxRatio / 2; round++) {
		const times = Math.ceil(long.length / short.length);
		const before = cpuTime();
		for (let time = 0; time < times; time++) await call(short);
		const between = cpuTime();
		await call(long);
		lowest = Math.min(lowest, (cpuTime() - between) / Math.max(between - before, 2));
	}
	return lowest;
}

function repeat(part: string, length: number): string {
	return part.repeat(Math.ceil(length / part.length)).slice(0, length);
}
