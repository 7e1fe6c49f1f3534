import type { D1Database } from "@cloudflare/workers-types";
import { eq, lte } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { SpentTokens } from "../members/repository.ts";
import { spentTokens } from "./schema.ts";

/** Single-use tokens in D1: the primary key decides which of two at once was first. */
export function spentTokenRepository(d1: D1Database): SpentTokens {
	const db = drizzle(d1);

	return {
		async spend(id, expiresAt, now) {
			const [, spent] = await db.batch([
				db.delete(spentTokens).where(lte(spentTokens.expiresAt, now - slack)),
				db
					.insert(spentTokens)
					.values({ id, expiresAt })
					.onConflictDoNothing()
					.returning({ id: spentTokens.id }),
			]);
			return spent.length > 0;
		},

		async isSpent(id) {
			const found = await db.select({ id: spentTokens.id }).from(spentTokens).where(eq(spentTokens.id, id));
			return found.length > 0;
		},
	};
}

/** Milliseconds by which clocks of two isolates may differ: a token must lapse before its use is forgotten. */
const slack = 60 * 60_000;
