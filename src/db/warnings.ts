import type { D1Database } from "@cloudflare/workers-types";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { WarningRepository } from "../monitoring/warnings.ts";
import { warnings } from "./schema.ts";

/** The open warnings in D1, one row for each kind at most. */
export function warningRepository(d1: D1Database): WarningRepository {
	const db = drizzle(d1);
	const { kind } = warnings;
	return {
		open: () => db.select().from(warnings).orderBy(kind),
		async begin(which, now) {
			const begun = await db
				.insert(warnings)
				.values({ kind: which, since: now })
				.onConflictDoNothing()
				.returning({ kind });
			return begun.length > 0;
		},
		async markTold(which, now) {
			await db.update(warnings).set({ toldAt: now }).where(eq(kind, which));
		},
		async end(which) {
			return (await db.delete(warnings).where(eq(kind, which)).returning({ kind })).length > 0;
		},
	};
}
