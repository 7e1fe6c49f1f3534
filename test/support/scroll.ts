import type { Page } from "playwright-core";
import { expect } from "vitest";

const isLayoutDone = `[...document.querySelectorAll("#comments > *")].every(
	(part) => !part.checkVisibility() || part.checkVisibility({ contentVisibilityAuto: true }),
)`;

/** Goes to the comments of a page, where it has any: browsers lay them out only once somebody comes near. */
export async function comeToComments(page: Page): Promise<void> {
	await page.evaluate("document.getElementById('comments')?.scrollIntoView()");
	await expect.poll(() => page.evaluate(isLayoutDone), { interval: 5 }).toBe(true);
}
