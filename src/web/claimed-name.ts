import { type NameError, parseName } from "../comments/draft.ts";
import { nameKeys } from "../comments/names.ts";
import type { ClaimedName } from "../identities/identity.ts";
import type { AppContext } from "./context.ts";

/** Reads the name somebody wishes to have for themselves, or says why it cannot be theirs. */
export async function claimedName(
	c: AppContext,
	typed: string,
): Promise<{ claim: ClaimedName } | { error: NameError }> {
	const parsed = parseName(typed);
	if ("error" in parsed) return parsed;
	const keys = await nameKeys(parsed.name);
	// Of letters that nobody sees there is nothing to know anybody by.
	if (keys.includes("")) return { error: "required" };
	if (await c.var.services.isAuthorsName(keys, c.var.services.now())) return { error: "reserved" };
	return { claim: { name: parsed.name, keys } };
}
