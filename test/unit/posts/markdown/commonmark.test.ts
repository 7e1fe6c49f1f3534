import spec from "commonmark-spec";
import { decodeHTMLStrict } from "entities";
import { describe, expect, it } from "vitest";
import { render } from "../../../support/render.ts";

/** Examples of the specification with different results, by number, with reasons. */
const exceptions: Readonly<Record<number, string>> = {
	...because(
		"a picture alone in its paragraph, with a title, is a figure",
		[572, 573, 576, 577, 584, 585, 586, 588, 589, 591],
	),
	...because("a bare address is a link, as in GFM", [602, 608, 611, 612]),
	...because("a named character in an address stays one; the browser encodes it", [32, 33, 503]),
	...because("a named character in the name of a language stays as typed; no language has one", [34]),
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
 * HTML in one way of writing it, so that only what a reader could notice differs; and without what edgecat adds to every
 * heading, block of code, table and picture.
 */
function plainly(html: string): string {
	return html
		.replace(/ <a class="anchor".*?<\/a>(?=<\/h)/g, "")
		.replace(/<(h[1-6]) id="[^"]*">/g, "<$1>")
		.replace(/<pre tabindex="0">/g, "<pre>")
		.replace(/ (?:loading|decoding|fetchpriority)="[^"]*"/g, "")
		.replace(/ \/>/g, ">")
		.replace(/<\/?span(?: class="hljs-[^"]*")?>(?=[\s\S]*<\/code>)/g, "")
		.replace(/\n?(<\/?(?:p|li|ul|ol|blockquote|hr|pre|h[1-6]|div|table|td)\b[^>]*>)\n?/g, "$1")
		.replace(/<br>\n/g, "<br>")
		.replace(/&[^;\s]+;/g, (reference) => (named.has(reference) ? reference : decodeHTMLStrict(reference)))
		.trim();
}

/** Characters that two renderers escape in different ways. */
const named = new Set(["&lt;", "&gt;"]);

function because(reason: string, numbers: readonly number[]): Record<number, string> {
	return Object.fromEntries(numbers.map((number) => [number, reason]));
}
