import { type NameKeys, nameKeys, sameName } from "../comments/names.ts";
import type { ClaimedName, Identity, IdentityRepository, Verification } from "./identity.ts";

/** Who is pressing, and with what in hand. */
export type Press = {
	/** The visitor of the browser that presses; null for one not known. */
	browser: string | null;
	/** The name of the identity, or where the address has none yet the name to be known by. */
	claim: ClaimedName;
	/** A visitor id never used before. */
	fresh: string;
	now: number;
};

/**
 * Whether what was written from the pressing browser joins the identity. Only the browser that asked for the link and
 * opens it has shown both sides: whoever has a stranger press, or presses a stranger's link, gives nobody anything.
 */
export function joins(
	{ visitor }: Pick<Verification, "visitor">,
	browser: string | null,
	known: Identity | null,
): boolean {
	return browser !== null && browser === visitor && known === null;
}

/**
 * Does what a link is for. The identity is a visitor never heard of before, so that a cookie somebody else has a copy of
 * is worth nothing from then on.
 */
export async function pressLink(
	verification: Verification,
	{ browser, claim, fresh, now }: Press,
	identities: IdentityRepository,
): Promise<Identity | "taken" | "lapsed"> {
	const known = browser === null ? null : await identities.of(browser);
	const joining = joins(verification, browser, known) ? browser : null;
	const names = joining === null ? [] : await namesAmong(await identities.namesOf(joining), claim.keys);
	return identities.use({ id: verification.id, browser, claim, visitor: fresh, joining, names, now });
}

/** Gives an identity another name; false when that belongs to somebody else. */
export async function rename(
	visitor: string,
	claim: ClaimedName,
	identities: IdentityRepository,
): Promise<boolean> {
	const names = await namesAmong(await identities.namesOf(visitor), claim.keys);
	return identities.rename(visitor, claim, names);
}

/** The names that are the one the keys tell. */
async function namesAmong(names: readonly string[], keys: NameKeys): Promise<readonly string[]> {
	const told = await Promise.all(names.map(async (name) => ({ name, keys: await nameKeys(name) })));
	return told.filter((each) => sameName(each.keys, keys)).map(({ name }) => name);
}
