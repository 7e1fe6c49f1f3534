import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { comeToComments } from "./scroll.ts";

/**
 * axe-core as it is for browsers, half as long as what its module would put into a page. In ASCII, so that neither side has
 * to handle 650 KB as two bytes a character for the sake of seventeen.
 */
const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8").replace(
	/[^\0-\x7f]/g,
	(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
);

type Violation = { id: string; nodes: { html: string }[] };

const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const everything = [...wcag, "best-practice"];

/** The rules about colours. */
const ofColour = ["color-contrast", "link-in-text-block"];

/**
 * Returns a page's violations of WCAG 2.2 A and AA and of best practice, as far as axe-core finds them. `within` checks one
 * part of the page; `coloursOnly` checks a page again that only has other colours now, `exceptColours` one that only has
 * another width; `isMail` leaves out best practice, which wants landmarks and headings of a page.
 */
export async function axeViolations(
	page: Page,
	{ within = null as string | null, coloursOnly = false, exceptColours = false, isMail = false } = {},
): Promise<string[]> {
	await comeToComments(page);
	if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(source);
	const part = within === null ? "document" : `document.querySelector(${JSON.stringify(within)})`;
	const runOnly = coloursOnly ? { type: "rule", values: ofColour } : isMail ? wcag : everything;
	const rules = Object.fromEntries(exceptColours ? ofColour.map((id) => [id, { enabled: false }]) : []);
	const options = { runOnly, rules, resultTypes: ["violations"], preload: false };
	const { violations } = await page.evaluate<{ violations: Violation[] }>(
		`axe.run(${part}, ${JSON.stringify(options)})`,
	);
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
