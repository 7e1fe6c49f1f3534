import fc from "fast-check";
import { expect, it } from "vitest";
import { findEnclosures } from "../../../src/build/enclosures.ts";

const enclosuresOf = (href: string) =>
	findEnclosures(
		{ folder: "posts", references: [{ kind: "link", href, line: 1, hasAlt: true, inHtml: false }] },
		undefined,
		{ files: new Map() },
	);

it("finds recordings of other hosts, and takes any address", () => {
	const src = "https://a.example/talk.mp3";
	expect(enclosuresOf(src)).toEqual([{ src, type: "audio/mpeg", size: null }]);
	const address = fc.oneof(
		fc.webUrl(),
		fc.string(),
		fc.string().map((text) => `https://${text}`),
	);
	fc.assert(
		fc.property(address, (href) => {
			expect(enclosuresOf(href).length).toBeLessThanOrEqual(1);
		}),
	);
	for (const href of ["http://a>", "https://", "talk.mp3", "/talk.mp3"])
		expect(enclosuresOf(href)).toEqual([]);
});
