import type { D1Database } from "@cloudflare/workers-types";
import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Passkey } from "../members/passkey.ts";
import type { MemberRepository } from "../members/repository.ts";
import { logEntries } from "./audit-log.ts";
import { members, passkeys, sessions, usedTokens } from "./schema.ts";

const columns = { id: members.id, name: members.name, role: members.role };
const present = isNull(members.leftAt);

/** The condition that the member is not the last owner. */
const notLastOwner = sql`(role <> 'owner' OR (SELECT count(*) FROM members WHERE role = 'owner' AND left_at IS NULL) > 1)`;

/** Members and their passkeys in D1. */
export function memberRepository(d1: D1Database): MemberRepository {
	const db = drizzle(d1);

	return {
		async acceptInvitation({ name, role }, passkey, device, { at, operation }, token) {
			const memberId = sql<number>`(SELECT id FROM members WHERE name = ${name})`;
			const entry = { operation, kind: "enrolled", actor: name, reason: "", at } as const;
			// A batch is a transaction: a passkey already enrolled or a token already used undoes all of it.
			const results = await db
				.batch([
					db
						.insert(members)
						.values({ name, role, createdAt: at })
						.onConflictDoUpdate({ target: members.name, set: { role, leftAt: null } })
						.returning(columns),
					db.delete(sessions).where(sql`member_id = ${memberId}`),
					// The lost device must not sign in any more.
					db.delete(passkeys).where(sql`member_id = ${memberId}`),
					db.insert(passkeys).values(passkeyRow(memberId, passkey, device, at)),
					logEntries(db, entry, { after: labelJson }, sql`members WHERE name = ${name}`),
					...(token === undefined
						? []
						: [db.insert(usedTokens).values({ id: token.id, expiresAt: token.expiresAt })]),
				])
				.catch(nullIfTaken);
			return results?.[0][0] ?? null;
		},

		async addPasskey(memberId, passkey, device, at) {
			const added = await db
				.insert(passkeys)
				.values(passkeyRow(memberId, passkey, device, at))
				.onConflictDoNothing()
				.returning({ id: passkeys.id });
			return added.length > 0;
		},

		async findPasskey(id) {
			const [found] = await db
				.select({ passkey: passkeys, member: columns })
				.from(passkeys)
				.innerJoin(members, eq(members.id, passkeys.memberId))
				.where(and(eq(passkeys.id, id), present));
			return found ?? null;
		},

		async recordPasskeyUse(id, counter, at) {
			await db.update(passkeys).set({ counter, usedAt: at }).where(eq(passkeys.id, id));
		},

		async listPasskeys(memberId) {
			const { id, device, createdAt, usedAt } = passkeys;
			return db
				.select({ id, device, createdAt, usedAt })
				.from(passkeys)
				.where(eq(passkeys.memberId, memberId))
				.orderBy(asc(passkeys.createdAt));
		},

		async removePasskey(memberId, id) {
			const removed = await db
				.delete(passkeys)
				.where(
					and(
						eq(passkeys.id, id),
						eq(passkeys.memberId, memberId),
						sql`(SELECT count(*) FROM passkeys WHERE member_id = ${memberId}) > 1`,
					),
				)
				.returning({ id: passkeys.id });
			return removed.length > 0;
		},

		async list() {
			const openSessions = sql<number>`(SELECT count(*) FROM sessions WHERE member_id = ${members.id})`;
			return db
				.select({ ...columns, createdAt: members.createdAt, sessions: openSessions.as("open_sessions") })
				.from(members)
				.where(present)
				.orderBy(asc(members.name));
		},

		async setRole(memberId, role, context) {
			const changing = and(
				eq(members.id, memberId),
				present,
				ne(members.role, role),
				role === "owner" ? undefined : notLastOwner,
			);
			const after = sql`json_object('label', name, 'role', ${role})`;
			const [, changed] = await db.batch([
				logEntries(db, { ...context, kind: "role_changed" }, { after }, sql`${members} WHERE ${changing}`),
				db.update(members).set({ role }).where(changing).returning({ id: members.id }),
			]);
			return changed.length > 0;
		},

		async remove(memberId, context) {
			const { at } = context;
			const leaving = and(eq(members.id, memberId), present, notLastOwner);
			const hasLeft = sql`member_id = ${memberId} AND EXISTS (SELECT 1 FROM members WHERE id = ${memberId} AND left_at = ${at})`;
			const [, left] = await db.batch([
				logEntries(
					db,
					{ ...context, kind: "member_removed" },
					{ after: labelJson },
					sql`${members} WHERE ${leaving}`,
				),
				db.update(members).set({ leftAt: at }).where(leaving).returning({ id: members.id }),
				db.delete(sessions).where(hasLeft),
				db.delete(passkeys).where(hasLeft),
			]);
			return left.length > 0;
		},
	};
}

/** The member as the audit log shows them. */
const labelJson = sql`json_object('label', name, 'role', role)`;

function passkeyRow(
	memberId: number | ReturnType<typeof sql<number>>,
	passkey: Passkey,
	device: string,
	at: number,
) {
	return { ...passkey, memberId, device, createdAt: at };
}

/** Returns null for a passkey that is already enrolled or a token that is already used, and throws any other error. */
function nullIfTaken(error: unknown): null {
	const cause = error instanceof Error ? (error.cause ?? error) : error;
	if (/UNIQUE constraint failed: (passkeys|used_tokens)\.id/.test(String(cause))) return null;
	throw error;
}
