import type { D1Database } from "@cloudflare/workers-types";
import { and, desc, gt, lte } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { blockedNetworkDays, type NetworkKeys } from "../comments/network.ts";
import { networkKeys } from "./schema.ts";

const day = 86_400_000;

/** Network keys in D1, from which they can be deleted. An isolate reads each key once. */
export function networkKeyRepository(d1: D1Database): NetworkKeys {
	const db = drizzle(d1);
	let known: { id: number; current: string; earlier: readonly string[] } | null = null;

	const read = async (now: number) => {
		const id = Math.floor(now / day);
		if (known?.id === id) return known;
		const [, rows] = await db.batch([
			db.insert(networkKeys).values({ id, secret: newSecret(), createdAt: now }).onConflictDoNothing(),
			db
				.select()
				.from(networkKeys)
				.where(and(lte(networkKeys.id, id), gt(networkKeys.id, id - blockedNetworkDays)))
				.orderBy(desc(networkKeys.id)),
		]);
		const [first, ...earlier] = rows;
		if (first?.id !== id) throw new Error("the day's network key was destroyed while it was in use");
		known = { id, current: first.secret, earlier: earlier.map(({ secret }) => secret) };
		return known;
	};

	return {
		current: async (now) => (await read(now)).current,
		earlier: async (now) => (await read(now)).earlier,
	};
}

function newSecret(): string {
	const bytes = crypto.getRandomValues(new Uint8Array(32));
	return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
