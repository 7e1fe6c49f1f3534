import spec from "commonmark-spec";
import { parseFragment, serialize } from "parse5";
import { describe, expect, it } from "vitest";
import { render } from "../../../support/render.ts";

/** Examples of the specification with different results, by number, with reasons. */
const exceptions: Readonly<Record<number, string>> = {
	...because(
		"a picture alone in its paragraph, with a title, is a figure",
		[572, 573, 576, 577, 584, 585, 586, 588, 589, 591],
	),
	...because("a bare address is a link, as in GFM", [602, 608, 611, 612]),
	...because(
		"an element left open is closed where its paragraph ends",
		[187, 344, 476, 477, 494, 613, 614, 615, 616, 630, 631, 642, 643],
	),
	...because("HTML that would swallow what follows is shown as text", [156, 157, 158, 171, 173]),
	...because("a tab at the start of a paragraph is not shown, however it was written", [40]),
};

describe(`CommonMark ${/^version: '?([\d.]+)/m.exec(spec.text)?.[1]}`, async () => {
	const results = await Promise.all(
		spec.tests.map(async ({ number, markdown, html }) => {
			const ours = plainly(await render(tabbed(markdown)));
			return { number, markdown, ours, theirs: plainly(tabbed(html)) };
		}),
	);

	it("has its examples in full", () => {
		expect(results.length).toBeGreaterThan(640);
	});

	it.each(results.filter(({ number }) => exceptions[number] === undefined))(
		"holds in example $number",
		({ ours, theirs, markdown }) => {
			expect(ours, markdown).toBe(theirs);
		},
	);

	it.each(results.filter(({ number }) => exceptions[number] !== undefined))(
		"still has its reason not to hold in example $number",
		({ ours, theirs, markdown }) => {
			expect(ours, markdown).not.toBe(theirs);
		},
	);
});

/** The specification shows tabs as arrows. */
function tabbed(text: string): string {
	return text.replaceAll("→", "\t");
}

/**
 * HTML as a browser reads it, so that only what a reader could notice differs; and without what edgecat adds to every
 * heading, block of code, table and picture.
 */
function plainly(html: string): string {
	return serialize(parseFragment(html))
		.replace(/ <a class="anchor".*?<\/a>(?=<\/h)/g, "")
		.replace(/<(h[1-6]) id="[^"]*">/g, "<$1>")
		.replace(/<pre tabindex="0">/g, "<pre>")
		.replace(/ (?:loading|decoding|fetchpriority)="[^"]*"/g, "")
		.replace(/ \/>/g, ">")
		.replace(/<\/?span(?: class="hljs-[^"]*")?>(?=[\s\S]*<\/code>)/g, "")
		.replace(/\n?(<\/?(?:p|li|ul|ol|blockquote|hr|pre|h[1-6]|div|table|td)\b[^>]*>)\n?/g, "$1")
		.replace(/<br>\n/g, "<br>")
		.replace(/\s*(<\/?(?:table|tbody|tr)>)\s*/g, "$1")
		.trim();
}

function because(reason: string, numbers: readonly number[]): Record<number, string> {
	return Object.fromEntries(numbers.map((number) => [number, reason]));
}
