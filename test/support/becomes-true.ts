import type { Page } from "playwright-core";
import { expect } from "vitest";
import { eventually } from "./eventually.ts";

/**
 * Waits until an expression is true on a page. Playwright's own `waitForFunction` asks again from within the page, where the
 * Content Security Policy refuses `eval`, and so fails whenever the first answer is no.
 */
export const becomesTrue = (page: Page, expression: string): Promise<void> =>
	eventually(async () => expect(await page.evaluate(expression)).toBe(true));
