import type { D1Database } from "@cloudflare/workers-types";
import { eq, inArray } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import {
	type Confirmation,
	doubleSubmitWindow,
	type Identity,
	type IdentityRepository,
	type VerificationRequest,
} from "../identities/identity.ts";
import { identities, verifications } from "./schema.ts";

const columns = "i.visitor, i.name, a.email, i.created_at AS since";

/** Identities in D1. */
export function identityRepository(d1: D1Database): IdentityRepository {
	return {
		async find(id) {
			const verification = await d1
				.prepare(
					`SELECT v.address_id AS address, a.email, v.visitor, v.name, v.lang
					FROM verifications AS v JOIN addresses AS a ON a.id = v.address_id WHERE v.id = ? AND v.used_at IS NULL`,
				)
				.bind(id)
				.first<VerificationRequest & { address: number }>();
			if (verification === null) return null;
			const { address, ...request } = verification;
			const identity = await d1
				.prepare(
					`SELECT ${columns} FROM identities AS i JOIN addresses AS a ON a.id = i.address_id WHERE a.id = ?`,
				)
				.bind(address)
				.first<Identity>();
			return { ...request, id, identity };
		},

		of: (visitor) =>
			d1
				.prepare(
					`SELECT ${columns} FROM identities AS i JOIN addresses AS a ON a.id = i.address_id WHERE i.visitor = ?`,
				)
				.bind(visitor)
				.first<Identity>(),

		async namesOf(visitor) {
			const { results } = await d1
				.prepare("SELECT DISTINCT name FROM comments WHERE visitor = ? AND name <> '' AND NOT by_author")
				.bind(visitor)
				.all<{ name: string }>();
			return results.map(({ name }) => name);
		},

		async confirm(use) {
			const results = await d1.batch<Identity>([
				insertIdentity(d1, use),
				...(use.mergedVisitor === null ? [] : mergeStatements(d1, use.id, use.mergedVisitor)),
				markVerified(d1, use),
				d1
					.prepare(
						`SELECT ${columns} FROM identities AS i JOIN addresses AS a ON a.id = i.address_id
						WHERE a.id = (SELECT address_id FROM verifications WHERE id = ? AND used_at IS NULL)`,
					)
					.bind(use.id),
				// Deletes what was typed at once; the fact of the use is deleted by the next pruning.
				d1
					.prepare(
						`UPDATE verifications SET used_at = ?2, used_by = ?3, visitor = '', name = ''
						WHERE id = ?1 AND used_at IS NULL AND address_id IN (SELECT address_id FROM identities)`,
					)
					.bind(use.id, use.now, use.browser),
			]);
			const identity = results.at(-2)?.results[0];
			if (identity !== undefined) return identity;
			return (await this.find(use.id)) === null ? "expired" : "taken";
		},

		wasUsedRecently: (id, browser, now) =>
			d1
				.prepare(
					`SELECT ${columns} FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
					JOIN addresses AS a ON a.id = i.address_id
					WHERE v.id = ?1 AND v.used_at > ?2 AND ?3 IN (v.used_by, i.visitor)`,
				)
				.bind(id, now - doubleSubmitWindow, browser)
				.first<Identity>(),

		async rename(visitor, { name, skeletons: keys }, names) {
			const [renamed] = await d1.batch<{ id: number }>([
				d1
					.prepare(
						`UPDATE identities SET name = ?1, skeleton = ?2, folded_skeleton = ?3
						WHERE visitor = ?4 AND NOT EXISTS (
							SELECT 1 FROM identities WHERE ${hasSkeleton("?2", "?3")} AND visitor <> ?4
						) RETURNING id`,
					)
					.bind(name, ...keys, visitor),
				d1
					.prepare(
						`UPDATE comments SET verified = name IN (SELECT value FROM json_each(?1))
						WHERE visitor = ?2 AND NOT by_author AND verified <> (name IN (SELECT value FROM json_each(?1)))
							AND EXISTS (SELECT 1 FROM identities WHERE visitor = ?2 AND skeleton = ?3 AND folded_skeleton = ?4)`,
					)
					.bind(JSON.stringify(names), visitor, ...keys),
			]);
			return (renamed?.results.length ?? 0) > 0;
		},

		async remove(visitor) {
			await drizzle(d1).batch(endIdentityStatements(drizzle(d1), visitor));
		},
	};
}

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

/** Returns the SQL condition that an identity's name looks like the name of two skeletons. */
function hasSkeleton(skeleton: string, folded: string): string {
	return `(skeleton IN (${skeleton}, ${folded}) OR folded_skeleton IN (${skeleton}, ${folded}))`;
}

/** Inserts the identity of the link's address if there is none and the name is free. */
function insertIdentity(d1: D1Database, { id, claim, visitor, now }: Confirmation) {
	return d1
		.prepare(
			`INSERT INTO identities (address_id, name, skeleton, folded_skeleton, visitor, created_at)
			SELECT address_id, ?2, ?3, ?4, ?5, ?6 FROM verifications AS v
			WHERE v.id = ?1 AND v.used_at IS NULL
				AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = v.address_id)
				AND NOT EXISTS (SELECT 1 FROM identities WHERE ${hasSkeleton("?3", "?4")})`,
		)
		.bind(id, claim.name, ...claim.skeletons, visitor, now);
}

/** The visitor id of the identity of a link's address. */
const identityVisitor = `(
	SELECT i.visitor FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
	WHERE v.id = ?1 AND v.used_at IS NULL AND v.visitor = ?2
		AND NOT EXISTS (SELECT 1 FROM identities WHERE visitor = ?2)
)`;

/** Merges a visitor into the identity's, only if that visitor requested the link, and only while it is unused. */
function mergeStatements(d1: D1Database, id: number, merged: string) {
	return [
		`UPDATE comments SET visitor = ${identityVisitor} WHERE visitor = ?2 AND ${identityVisitor} IS NOT NULL`,
		// Two equal reactions become one: the second one stays behind and is deleted, and a trigger subtracts it.
		`UPDATE OR IGNORE reactions SET visitor = ${identityVisitor} WHERE visitor = ?2 AND ${identityVisitor} IS NOT NULL`,
		`DELETE FROM reactions WHERE visitor = ?2 AND ${identityVisitor} IS NOT NULL`,
		`UPDATE subscriptions SET visitor = ${identityVisitor} WHERE visitor = ?2 AND ${identityVisitor} IS NOT NULL`,
		// A blocked visitor stays blocked under the new id, and undoing the block finds them.
		`UPDATE OR IGNORE blocks SET value = ${identityVisitor}
		WHERE kind = 'visitor' AND value = ?2 AND ${identityVisitor} IS NOT NULL`,
		`UPDATE audit_log SET before = replace(before, ?2, ${identityVisitor}), after = replace(after, ?2, ${identityVisitor})
		WHERE kind IN ('blocked', 'unblocked') AND ${identityVisitor} IS NOT NULL
			AND instr(coalesce(before, '') || coalesce(after, ''), ?2)`,
	].map((statement) => d1.prepare(statement).bind(id, merged));
}

/** Marks the identity's comments under its name as verified. */
function markVerified(d1: D1Database, { id, claim, names }: Confirmation) {
	return d1
		.prepare(
			`UPDATE comments SET verified = 1
			WHERE NOT verified AND NOT by_author AND name IN (SELECT value FROM json_each(?2)) AND visitor = (
				SELECT i.visitor FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
				WHERE v.id = ?1 AND v.used_at IS NULL AND i.skeleton = ?3 AND i.folded_skeleton = ?4
			)`,
		)
		.bind(id, JSON.stringify(names), ...claim.skeletons);
}
