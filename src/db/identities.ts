import type { D1Database } from "@cloudflare/workers-types";
import { eq, inArray } from "drizzle-orm";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";
import {
	doubledWithin,
	type Identity,
	type IdentityRepository,
	type Request,
	type Use,
} from "../identities/identity.ts";
import { identities, verifications } from "./schema.ts";

const columns = "i.visitor, i.name, a.email, i.created_at AS since";

/** Identities in D1. */
export function identityRepository(d1: D1Database): IdentityRepository {
	return {
		async find(id) {
			const asked = await d1
				.prepare(
					`SELECT v.address_id AS address, a.email, v.visitor, v.name, v.lang
					FROM verifications AS v JOIN addresses AS a ON a.id = v.address_id WHERE v.id = ? AND v.used_at IS NULL`,
				)
				.bind(id)
				.first<Request & { address: number }>();
			if (asked === null) return null;
			const { address, ...request } = asked;
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

		async use(use) {
			const results = await d1.batch<Identity>([
				make(d1, use),
				...(use.joining === null ? [] : join(d1, use.id, use.joining)),
				mark(d1, use),
				d1
					.prepare(
						`SELECT ${columns} FROM identities AS i JOIN addresses AS a ON a.id = i.address_id
						WHERE a.id = (SELECT address_id FROM verifications WHERE id = ? AND used_at IS NULL)`,
					)
					.bind(use.id),
				// What was asked is forgotten here and now; that it was used, with the next pruning.
				d1
					.prepare(
						`UPDATE verifications SET used_at = ?2, used_by = ?3, visitor = '', name = ''
						WHERE id = ?1 AND used_at IS NULL AND address_id IN (SELECT address_id FROM identities)`,
					)
					.bind(use.id, use.now, use.browser),
			]);
			const identity = results.at(-2)?.results[0];
			if (identity !== undefined) return identity;
			return (await this.find(use.id)) === null ? "lapsed" : "taken";
		},

		usedJustNow: (id, browser, now) =>
			d1
				.prepare(
					`SELECT ${columns} FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
					JOIN addresses AS a ON a.id = i.address_id
					WHERE v.id = ?1 AND v.used_at > ?2 AND ?3 IN (v.used_by, i.visitor)`,
				)
				.bind(id, now - doubledWithin, browser)
				.first<Identity>(),

		async rename(visitor, { name, keys }, names) {
			const [renamed] = await d1.batch<{ id: number }>([
				d1
					.prepare(
						`UPDATE identities SET name = ?1, look_key = ?2, word_key = ?3
						WHERE visitor = ?4 AND NOT EXISTS (
							SELECT 1 FROM identities WHERE ${isOneOf("?2", "?3")} AND visitor <> ?4
						) RETURNING id`,
					)
					.bind(name, ...keys, visitor),
				d1
					.prepare(
						`UPDATE comments SET verified = name IN (SELECT value FROM json_each(?1))
						WHERE visitor = ?2 AND NOT by_author AND verified <> (name IN (SELECT value FROM json_each(?1)))
							AND EXISTS (SELECT 1 FROM identities WHERE visitor = ?2 AND look_key = ?3 AND word_key = ?4)`,
					)
					.bind(JSON.stringify(names), visitor, ...keys),
			]);
			return (renamed?.results.length ?? 0) > 0;
		},

		async giveUp(visitor) {
			await drizzle(d1).batch(endingIdentity(drizzle(d1), visitor));
		},
	};
}

/**
 * The statements that end a visitor's identity: links to its address are void, what it asked for other addresses is
 * nobody's, and triggers take the marks and the address away. They run before the comments lose their visitor.
 */
export function endingIdentity(db: DrizzleD1Database, visitor: string) {
	const theirs = eq(identities.visitor, visitor);
	return [
		db
			.delete(verifications)
			.where(
				inArray(
					verifications.addressId,
					db.select({ id: identities.addressId }).from(identities).where(theirs),
				),
			),
		db.update(verifications).set({ visitor: "", name: "" }).where(eq(verifications.visitor, visitor)),
		db.delete(identities).where(theirs),
	] as const;
}

/** An SQL condition on `identities`: the name is one with that of two keys. */
function isOneOf(look: string, word: string): string {
	return `(look_key IN (${look}, ${word}) OR word_key IN (${look}, ${word}))`;
}

/** Makes the identity of the link's address where there is none and the name is free. */
function make(d1: D1Database, { id, claim, visitor, now }: Use) {
	return d1
		.prepare(
			`INSERT INTO identities (address_id, name, look_key, word_key, visitor, created_at)
			SELECT address_id, ?2, ?3, ?4, ?5, ?6 FROM verifications AS v
			WHERE v.id = ?1 AND v.used_at IS NULL
				AND NOT EXISTS (SELECT 1 FROM identities WHERE address_id = v.address_id)
				AND NOT EXISTS (SELECT 1 FROM identities WHERE ${isOneOf("?3", "?4")})`,
		)
		.bind(id, claim.name, ...claim.keys, visitor, now);
}

/** The visitor that a link's address is. */
const identityOf = `(
	SELECT i.visitor FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
	WHERE v.id = ?1 AND v.used_at IS NULL AND v.visitor = ?2
		AND NOT EXISTS (SELECT 1 FROM identities WHERE visitor = ?2)
)`;

/** Makes one visitor of two, but only of the one who asked, and only while the link is unused. */
function join(d1: D1Database, id: number, joining: string) {
	return [
		`UPDATE comments SET visitor = ${identityOf} WHERE visitor = ?2 AND ${identityOf} IS NOT NULL`,
		// Who reacted to one thing from both is one reader now; a trigger counts the second reaction out.
		`UPDATE OR IGNORE reactions SET visitor = ${identityOf} WHERE visitor = ?2 AND ${identityOf} IS NOT NULL`,
		`DELETE FROM reactions WHERE visitor = ?2 AND ${identityOf} IS NOT NULL`,
		`UPDATE subscriptions SET visitor = ${identityOf} WHERE visitor = ?2 AND ${identityOf} IS NOT NULL`,
		// Whoever is not let through is not let through under another number either, and undoing that finds them.
		`UPDATE OR IGNORE blocks SET value = ${identityOf}
		WHERE kind = 'visitor' AND value = ?2 AND ${identityOf} IS NOT NULL`,
		`UPDATE decisions SET before = replace(before, ?2, ${identityOf}), after = replace(after, ?2, ${identityOf})
		WHERE kind IN ('blocked', 'unblocked') AND ${identityOf} IS NOT NULL
			AND instr(coalesce(before, '') || coalesce(after, ''), ?2)`,
	].map((statement) => d1.prepare(statement).bind(id, joining));
}

/** Marks what was written under the identity's name. */
function mark(d1: D1Database, { id, claim, names }: Use) {
	return d1
		.prepare(
			`UPDATE comments SET verified = 1
			WHERE NOT verified AND NOT by_author AND name IN (SELECT value FROM json_each(?2)) AND visitor = (
				SELECT i.visitor FROM verifications AS v JOIN identities AS i ON i.address_id = v.address_id
				WHERE v.id = ?1 AND v.used_at IS NULL AND i.look_key = ?3 AND i.word_key = ?4
			)`,
		)
		.bind(id, JSON.stringify(names), ...claim.keys);
}
