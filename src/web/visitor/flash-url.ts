import { type Flash, signFlash } from "../../comments/form-tokens.ts";
import type { AppContext } from "../http/context.ts";
import { commentAnchor, href } from "../ui/links.ts";
import { flashParameter } from "../ui/thread-address.ts";

/**
 * Returns the URL of the private page that shows the result of an action, with the anchor of its target. The token holds
 * the D1 bookmark of the write, so that any replica shows it.
 */
export async function flashUrl(
	c: AppContext,
	path: string,
	flash: Omit<Flash, "bookmark">,
	secret: string,
): Promise<string> {
	const { bookmark, clock } = c.var.services;
	const written = bookmark();
	const token = await signFlash(
		{ ...flash, ...(written !== null && { bookmark: written }) },
		secret,
		clock.now(),
	);
	const section = flash.action === "deleted" ? "comments" : "reactions";
	const anchor = flash.comment === null ? section : commentAnchor(flash.comment);
	return `${href(path)}?${flashParameter}=${token}#${anchor}`;
}
