import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, eq, gt, isNull, lte, ne, or } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SessionRepository } from "../members/repository.ts";
import { members, sessions } from "./schema.ts";

const columns = {
	id: sessions.id,
	device: sessions.device,
	createdAt: sessions.createdAt,
	usedAt: sessions.rotatedAt,
	expiresAt: sessions.expiresAt,
};

/** Sessions of members in D1. */
export function sessionRepository(d1: D1Database): SessionRepository {
	const db = drizzle(d1);

	return {
		async begin({ memberId, device, token, at, expiresAt }) {
			await db.batch([
				db.delete(sessions).where(lte(sessions.expiresAt, at)),
				db.insert(sessions).values({ memberId, device, token, createdAt: at, rotatedAt: at, expiresAt }),
			]);
		},

		async find(token) {
			const [found] = await db
				.select({
					...columns,
					token: sessions.token,
					rotatedAt: sessions.rotatedAt,
					member: { id: members.id, name: members.name, role: members.role },
				})
				.from(sessions)
				.innerJoin(members, eq(members.id, sessions.memberId))
				.where(and(or(eq(sessions.token, token), eq(sessions.previousToken, token)), isNull(members.leftAt)));
			if (found === undefined) return null;
			const { token: current, ...session } = found;
			return { ...session, isPreviousToken: current !== token };
		},

		async rotate(id, { from, to, at, expiresAt }) {
			const rotated = await db
				.update(sessions)
				.set({ token: to, previousToken: from, rotatedAt: at, expiresAt })
				.where(and(eq(sessions.id, id), eq(sessions.token, from)))
				.returning({ id: sessions.id });
			return rotated.length > 0;
		},

		async list(memberId, now) {
			return db
				.select(columns)
				.from(sessions)
				.where(and(eq(sessions.memberId, memberId), gt(sessions.expiresAt, now)))
				.orderBy(desc(sessions.rotatedAt));
		},

		async end(memberId, id) {
			const ended = await db
				.delete(sessions)
				.where(and(eq(sessions.id, id), eq(sessions.memberId, memberId)))
				.returning({ id: sessions.id });
			return ended.length > 0;
		},

		async endOthers(memberId, keep) {
			const others = eq(sessions.memberId, memberId);
			await db.delete(sessions).where(keep === null ? others : and(others, ne(sessions.id, keep)));
		},
	};
}
