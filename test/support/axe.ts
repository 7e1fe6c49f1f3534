import axe from "axe-core";
import type { Page } from "playwright-core";
import { comeToComments } from "./scroll.ts";

type Violation = { id: string; nodes: { html: string }[] };

const everything = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The rules about colours. */
const ofColour = ["color-contrast", "link-in-text-block"];

/**
 * Returns a page's violations of WCAG 2.2 A and AA and of best practice, as far as axe-core finds them. `within` checks one
 * part of the page; `coloursOnly` checks a page again that only has other colours now.
 */
export async function axeViolations(
	page: Page,
	{ within = null as string | null, coloursOnly = false } = {},
): Promise<string[]> {
	await comeToComments(page);
	if (!(await page.evaluate("'axe' in globalThis"))) await page.evaluate(axe.source);
	const part = within === null ? "document" : `document.querySelector(${JSON.stringify(within)})`;
	const runOnly = coloursOnly ? { type: "rule", values: ofColour } : everything;
	const { violations } = await page.evaluate<{ violations: Violation[] }>(
		`axe.run(${part}, ${JSON.stringify({ runOnly, resultTypes: ["violations"], preload: false })})`,
	);
	return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
