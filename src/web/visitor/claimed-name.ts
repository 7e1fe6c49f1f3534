import { type NameError, parseName } from "../../comments/draft.ts";
import { nameSkeletons } from "../../comments/names.ts";
import type { ClaimedName } from "../../identities/identity.ts";
import type { AppContext } from "../http/context.ts";

/** Parses a name to be claimed, or returns why it cannot be. */
export async function parseClaimedName(
	c: AppContext,
	typed: string,
): Promise<{ claim: ClaimedName } | { error: NameError }> {
	const parsed = parseName(typed);
	if ("error" in parsed) return parsed;
	const keys = await nameSkeletons(parsed.name);
	// A name of invisible characters has no skeleton to compare.
	if (keys.includes("")) return { error: "required" };
	if (await c.var.services.conversation.isAuthorName(keys, c.var.services.clock.now()))
		return { error: "reserved" };
	return { claim: { name: parsed.name, skeletons: keys } };
}
