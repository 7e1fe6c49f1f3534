import type { Confirmation, Identity, IdentityRepository } from "../../../src/identities/identity.ts";
import { fake } from "./fake.ts";

/** Identities by visitor id, the names visitors have used, and what was confirmed and renamed. */
export type FakeIdentities = IdentityRepository & {
	known: Map<string, Identity>;
	names: Map<string, readonly string[]>;
	confirmations: Confirmation[];
	renames: { visitor: string; names: readonly string[] }[];
	answer: Identity | "taken" | "expired";
};

/** An identity that nobody else has. */
export const anIdentity: Identity = { visitor: "new", name: "花子", email: "hanako@mail.example", since: 0 };

/** Identities in memory; the database decides what a confirmation leads to, here the test does. */
export function fakeIdentities(): FakeIdentities {
	const identities: FakeIdentities = fake<FakeIdentities>({
		known: new Map(),
		names: new Map(),
		confirmations: [],
		renames: [],
		answer: anIdentity,
		of: async (visitor) => identities.known.get(visitor) ?? null,
		namesOf: async (visitor) => identities.names.get(visitor) ?? [],
		async confirm(confirmation) {
			identities.confirmations.push(confirmation);
			return identities.answer;
		},
		async rename(visitor, _, names) {
			identities.renames.push({ visitor, names });
			return identities.answer !== "taken";
		},
	});
	return identities;
}
