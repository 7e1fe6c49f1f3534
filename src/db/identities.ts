// SQL text: confirming and renaming are batches whose statements share conditions, so that concurrent uses of a link cannot race.
import type { D1Database } from "@cloudflare/workers-types";
import { and, eq, gt, inArray, isNull, ne, or } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import * as v from "valibot";
import { doubleSubmitWindow, type IdentityRepository } from "../identities/identity.ts";
import type { Row } from "../tokens/row.ts";
import { addresses, comments, identities, verifications } from "./schema.ts";
import { row, statement } from "./statement.ts";

const columns = {
	visitor: identities.visitor,
	name: identities.name,
	email: addresses.email,
	since: identities.createdAt,
};

/** The condition that an identity's name looks like the name of two skeletons. */
const hasSkeleton = "(skeleton IN (:skeleton, :folded) OR folded_skeleton IN (:skeleton, :folded))";

type Name = { name: string; skeleton: string; folded: string };

/** Inserts the identity of the link's address if there is none and the name is free. */
const insertIdentity = statement<Name & { id: number; visitor: string; now: number }>(
	`INSERT INTO identities (address_id, name, skeleton, folded_skeleton, visitor, created_at)
	SELECT address_id, :name, :skeleton, :folded, :visitor, :now FROM verifications AS v
	WHERE v.id = :id AND v.used_at IS NULL
		AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = v.address_id)
		AND NOT EXISTS (SELECT 1 FROM identities WHERE ${hasSkeleton})`,
);

/** The visitor id of the identity of a link's address. */
const identityVisitor = `(
	SELECT i.visitor FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
	WHERE v.id = :id AND v.used_at IS NULL AND v.visitor = :merged
		AND NOT EXISTS (SELECT 1 FROM identities WHERE visitor = :merged)
)`;

/** The statements that merge a visitor into the identity's, only if that visitor requested the link, and only while it is unused. */
const mergeStatements = [
	`UPDATE comments SET visitor = ${identityVisitor} WHERE visitor = :merged AND ${identityVisitor} IS NOT NULL`,
	// Two equal reactions become one: the second one stays behind and is deleted, and a trigger subtracts it.
	`UPDATE OR IGNORE reactions SET visitor = ${identityVisitor} WHERE visitor = :merged AND ${identityVisitor} IS NOT NULL`,
	`DELETE FROM reactions WHERE visitor = :merged AND ${identityVisitor} IS NOT NULL`,
	`UPDATE subscriptions SET visitor = ${identityVisitor} WHERE visitor = :merged AND ${identityVisitor} IS NOT NULL`,
	// A blocked visitor stays blocked under the new id, and undoing the block finds them.
	`UPDATE OR IGNORE blocks SET value = ${identityVisitor}
	WHERE kind = 'visitor' AND value = :merged AND ${identityVisitor} IS NOT NULL`,
	`UPDATE audit_log
	SET before = replace(before, :merged, ${identityVisitor}), after = replace(after, :merged, ${identityVisitor})
	WHERE kind IN ('blocked', 'unblocked') AND ${identityVisitor} IS NOT NULL
		AND instr(coalesce(before, '') || coalesce(after, ''), :merged)`,
].map((text) => statement<{ id: number; merged: string }>(text));

/** Marks the identity's comments under its name as verified. */
const markVerified = statement<{ id: number; names: string; skeleton: string; folded: string }>(
	`UPDATE comments SET verified = 1
	WHERE NOT verified AND NOT by_author AND name IN (SELECT value FROM json_each(:names)) AND visitor = (
		SELECT i.visitor FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
		WHERE v.id = :id AND v.used_at IS NULL AND i.skeleton = :skeleton AND i.folded_skeleton = :folded
	)`,
);

const parseIdentity = row({ visitor: v.string(), name: v.string(), email: v.string(), since: v.number() });

const selectConfirmed = statement<{ id: number }, ReturnType<typeof parseIdentity>>(
	`SELECT i.visitor, i.name, a.email, i.created_at AS since
	FROM identities AS i JOIN addresses AS a ON a.id = i.address_id
	WHERE a.id = (SELECT address_id FROM verifications WHERE id = :id AND used_at IS NULL)`,
	parseIdentity,
);

/** Deletes what was typed at once; the fact of the use is deleted by the next pruning. */
const markUsed = statement<{ id: number; now: number; browser: string | null }>(
	`UPDATE verifications SET used_at = :now, used_by = :browser, visitor = '', name = ''
	WHERE id = :id AND used_at IS NULL AND address_id IN (SELECT address_id FROM identities)`,
);

const renameIdentity = statement<Name & { visitor: string }, { id: number }>(
	`UPDATE identities SET name = :name, skeleton = :skeleton, folded_skeleton = :folded
	WHERE visitor = :visitor AND NOT EXISTS (
		SELECT 1 FROM identities WHERE ${hasSkeleton} AND visitor <> :visitor
	) RETURNING id`,
	row({ id: v.number() }),
);

const markRenamed = statement<{ names: string; visitor: string; skeleton: string; folded: string }>(
	`UPDATE comments SET verified = name IN (SELECT value FROM json_each(:names))
	WHERE visitor = :visitor AND NOT by_author AND verified <> (name IN (SELECT value FROM json_each(:names)))
		AND EXISTS (
			SELECT 1 FROM identities WHERE visitor = :visitor AND skeleton = :skeleton AND folded_skeleton = :folded
		)`,
);

/** Identities in D1. */
export function identityRepository(d1: D1Database): IdentityRepository {
	const db = drizzle(d1);

	const withAddress = () =>
		db.select(columns).from(identities).innerJoin(addresses, eq(addresses.id, identities.addressId));

	const find: IdentityRepository["find"] = async ({ id, createdAt }) => {
		const { addressId, visitor, name, lang } = verifications;
		const [verification] = await db
			.select({ addressId, email: addresses.email, visitor, name, lang })
			.from(verifications)
			.innerJoin(addresses, eq(addresses.id, addressId))
			.where(and(isVerification({ id, createdAt }), isNull(verifications.usedAt)));
		if (verification === undefined) return null;
		const { addressId: address, ...request } = verification;
		const [identity] = await withAddress().where(eq(addresses.id, address));
		return { ...request, id, createdAt, identity: identity ?? null };
	};

	return {
		find,

		async of(visitor) {
			const [identity] = await withAddress().where(eq(identities.visitor, visitor));
			return identity ?? null;
		},

		async namesOf(visitor) {
			const rows = await db
				.selectDistinct({ name: comments.name })
				.from(comments)
				.where(and(eq(comments.visitor, visitor), ne(comments.name, ""), eq(comments.byAuthor, false)));
			return rows.map(({ name }) => name);
		},

		async confirm({ verification, browser, claim, visitor, mergedVisitor: merged, names, now }) {
			const { id } = verification;
			const [skeleton, folded] = claim.skeletons;
			const results = await d1.batch([
				insertIdentity.bind(d1, { id, name: claim.name, skeleton, folded, visitor, now }),
				...(merged === null ? [] : mergeStatements.map((merge) => merge.bind(d1, { id, merged }))),
				markVerified.bind(d1, { id, names: JSON.stringify(names), skeleton, folded }),
				selectConfirmed.bind(d1, { id }),
				markUsed.bind(d1, { id, now, browser }),
			]);
			const [identity] = selectConfirmed.rows(results.at(-2));
			if (identity !== undefined) return identity;
			return (await find(verification)) === null ? "expired" : "taken";
		},

		async wasUsedRecently(named, browser, now) {
			const { addressId, usedAt, usedBy } = verifications;
			const [identity] = await db
				.select(columns)
				.from(verifications)
				.innerJoin(identities, eq(identities.addressId, addressId))
				.innerJoin(addresses, eq(addresses.id, identities.addressId))
				.where(
					and(
						isVerification(named),
						gt(usedAt, now - doubleSubmitWindow),
						or(eq(usedBy, browser), eq(identities.visitor, browser)),
					),
				);
			return identity ?? null;
		},

		async rename(visitor, { name, skeletons: [skeleton, folded] }, names) {
			const [renamed] = await d1.batch([
				renameIdentity.bind(d1, { name, skeleton, folded, visitor }),
				markRenamed.bind(d1, { names: JSON.stringify(names), visitor, skeleton, folded }),
			]);
			return renameIdentity.rows(renamed).length > 0;
		},

		async remove(visitor) {
			await db.batch(endIdentityStatements(db, visitor));
		},
	};
}

const isVerification = ({ id, createdAt }: Row) =>
	and(eq(verifications.id, id), eq(verifications.createdAt, createdAt));

/**
 * Returns the statements that end a visitor's identity. They void links to its address and unlink the visitor from those it
 * requested for others; triggers remove the verified marks and the address. Run them before the comments lose their visitor.
 */
export function endIdentityStatements(db: DrizzleD1Database, visitor: string) {
	const isOwn = eq(identities.visitor, visitor);
	return [
		db
			.delete(verifications)
			.where(
				inArray(
					verifications.addressId,
					db.select({ id: identities.addressId }).from(identities).where(isOwn),
				),
			),
		db.update(verifications).set({ visitor: "", name: "" }).where(eq(verifications.visitor, visitor)),
		db.delete(identities).where(isOwn),
	] as const;
}
