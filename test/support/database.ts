import type { D1Database } from "@cloudflare/workers-types";
import { startBlog } from "./blog.ts";

export type Database = { db: D1Database; stop(): Promise<void> };

/** Returns an empty, migrated D1 for testing repositories. */
export async function startDatabase(): Promise<Database> {
	const { db, stop } = await startBlog();
	return { db, stop };
}
