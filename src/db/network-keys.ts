import type { D1Database } from "@cloudflare/workers-types";
import { eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { NetworkKeys } from "../comments/network.ts";
import { networkKeys } from "./schema.ts";

const day = 86_400_000;

/** Network keys in D1, from which they can be deleted. An isolate reads each key once. */
export function networkKeyRepository(d1: D1Database): NetworkKeys {
	const db = drizzle(d1);
	let known: { id: number; secret: string } | null = null;

	return {
		async current(now) {
			const id = Math.floor(now / day);
			if (known?.id === id) return known.secret;
			const [, [row]] = await db.batch([
				db.insert(networkKeys).values({ id, secret: newSecret(), createdAt: now }).onConflictDoNothing(),
				db.select().from(networkKeys).where(eq(networkKeys.id, id)),
			]);
			if (row === undefined) throw new Error("the day's network key was destroyed while it was in use");
			known = { id, secret: row.secret };
			return row.secret;
		},
	};
}

function newSecret(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
