import type { D1Database } from "@cloudflare/workers-types";
import { eq, lte } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { UsedTokenRepository } from "../members/repository.ts";
import { usedTokens } from "./schema.ts";

/** Single-use tokens in D1. The primary key decides which of two concurrent uses was first. */
export function usedTokenRepository(d1: D1Database): UsedTokenRepository {
	const db = drizzle(d1);

	return {
		async use(id, expiresAt, now) {
			const [, used] = await db.batch([
				db.delete(usedTokens).where(lte(usedTokens.expiresAt, now - slack)),
				db
					.insert(usedTokens)
					.values({ id, expiresAt })
					.onConflictDoNothing()
					.returning({ id: usedTokens.id }),
			]);
			return used.length > 0;
		},

		async isUsed(id) {
			const found = await db.select({ id: usedTokens.id }).from(usedTokens).where(eq(usedTokens.id, id));
			return found.length > 0;
		},
	};
}

/** Milliseconds by which the clocks of two isolates may differ. A token must expire before its use is deleted. */
const slack = 60 * 60_000;
