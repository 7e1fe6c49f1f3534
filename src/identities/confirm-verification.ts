import { isConfusable, type NameSkeletons, nameSkeletons } from "../comments/names.ts";
import { nameRow } from "../tokens/row.ts";
import type { ClaimedName, Identity, IdentityRepository, Verification } from "./identity.ts";

/** The request that confirms a verification. */
export type ConfirmationContext = {
	/** Visitor id of the confirming browser; null for an unknown browser. */
	browser: string | null;
	/** Name of the identity, or the requested name if the address has no identity yet. */
	claim: ClaimedName;
	/** A new visitor id, for a new identity. */
	newVisitor: string;
	now: number;
};

/**
 * Whether the browser's history is merged into the identity. Only a browser that both requested and confirmed the link has
 * proved both: tricking others into confirming a link, or confirming theirs, transfers no history.
 */
export function mergesHistory(
	{ visitor }: Pick<Verification, "visitor">,
	browser: string | null,
	known: Identity | null,
): boolean {
	return browser !== null && browser === visitor && known === null;
}

/**
 * Confirms a verification. A new identity gets a new visitor id, so that copies of the old cookie become useless.
 */
export async function confirmVerification(
	verification: Verification,
	{ browser, claim, newVisitor, now }: ConfirmationContext,
	identities: IdentityRepository,
): Promise<Identity | "taken" | "expired"> {
	const known = browser === null ? null : await identities.of(browser);
	const mergedVisitor = mergesHistory(verification, browser, known) ? browser : null;
	const names =
		mergedVisitor === null
			? []
			: await confusableNames(await identities.namesOf(mergedVisitor), claim.skeletons);
	return identities.confirm({
		verification: nameRow(verification),
		browser,
		claim,
		visitor: newVisitor,
		mergedVisitor,
		names,
		now,
	});
}

/** Changes the name of an identity; false if it is taken. */
export async function rename(
	visitor: string,
	claim: ClaimedName,
	identities: IdentityRepository,
): Promise<boolean> {
	const names = await confusableNames(await identities.namesOf(visitor), claim.skeletons);
	return identities.rename(visitor, claim, names);
}

/** Returns the names that are confusable with the one of these skeletons. */
async function confusableNames(
	names: readonly string[],
	skeletons: NameSkeletons,
): Promise<readonly string[]> {
	const compared = await Promise.all(
		names.map(async (name) => ({ name, isSame: isConfusable(await nameSkeletons(name), skeletons) })),
	);
	return compared.filter(({ isSame }) => isSame).map(({ name }) => name);
}
