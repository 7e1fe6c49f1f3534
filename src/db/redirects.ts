import type { D1Database } from "@cloudflare/workers-types";
import { desc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { RedirectRepository } from "../posts/redirects.ts";
import { redirects } from "./schema.ts";

/** The redirects in D1, read only where a page is not found. */
export function redirectRepository(d1: D1Database): RedirectRepository {
	const db = drizzle(d1);
	const { from, to, createdAt } = redirects;
	return {
		async find(address) {
			const [found] = await db.select({ to }).from(redirects).where(eq(from, address));
			return found?.to ?? null;
		},
		list: (limit) => db.select({ from, to }).from(redirects).orderBy(desc(createdAt)).limit(limit),
		async add(redirect, now) {
			await db
				.insert(redirects)
				.values({ ...redirect, createdAt: now })
				.onConflictDoUpdate({ target: from, set: { to: redirect.to } });
		},
		async remove(address) {
			await db.delete(redirects).where(eq(from, address));
		},
	};
}
