import type { BrowserContext, Page } from "playwright-core";

/** Records events that must never happen on a page of the blog. */
export type Tripwire = { tripped: string[] };

/**
 * Records every script a payload manages to run, every dialog, and every request to another host. The context should
 * bypass the Content Security Policy, so that the sanitizer is tested and not the policy behind it.
 */
export async function setTripwire(context: BrowserContext, origin: string): Promise<Tripwire> {
	const tripped: string[] = [];
	await context.exposeBinding("trip", ({ frame }) => {
		tripped.push(`script on ${frame.url().slice(0, 200)}`);
	});
	await context.addInitScript(() => {
		for (const name of ["alert", "confirm", "prompt"]) {
			Object.defineProperty(window, name, { value: () => (window as unknown as { trip(): void }).trip() });
		}
	});
	context.on("page", (page) => page.on("dialog", (dialog) => dialog.dismiss()));
	context.on("request", (request) => {
		const url = request.url();
		if (!url.startsWith(origin) && /^(https?|ftp|wss?):/.test(url)) tripped.push(`request to ${url}`);
	});
	return { tripped };
}

/** Triggers every event a reader might, and lists elements and attributes that no page of the blog has. */
export function foreignParts(page: Page): Promise<string[]> {
	return page.evaluate(() => {
		const foreign: string[] = [];
		const own = /^(https?:|mailto:)/;
		const never = "iframe, object, embed, svg, math, base, applet, marquee, xmp, template, video, audio, img";
		for (const element of document.querySelectorAll("body *")) {
			for (const { name, value } of element.attributes) {
				if (/^on/i.test(name)) foreign.push(`${element.tagName} ${name}=${value}`);
				if (
					/^(href|src|action|formaction|xlink:href)$/i.test(name) &&
					!own.test(new URL(value, location.href).href)
				) {
					foreign.push(`${element.tagName} ${name}=${value}`);
				}
			}
			for (const event of ["mouseover", "focus", "pointerenter", "toggle", "animationstart"]) {
				element.dispatchEvent(new Event(event, { bubbles: true }));
			}
		}
		for (const element of document.querySelectorAll(
			`main :is(${never}, script:not([src^='/scripts/']), style, link, meta)`,
		)) {
			foreign.push(element.outerHTML.slice(0, 200));
		}
		return foreign;
	});
}
