import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare } from "miniflare";
import { migrate } from "./migrate.ts";

export type Database = { db: D1Database; stop(): Promise<void> };

/** A migrated D1 without a blog around it, for testing repositories. */
export async function startDatabase(): Promise<Database> {
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			modules: true,
			script: "export default { fetch: () => new Response() }",
			compatibilityDate: "2026-11-01",
			d1Databases: ["DB"],
		}),
	);
	const db = (await miniflare.getD1Database("DB")) as unknown as D1Database;
	await migrate(db);
	return { db, stop: () => miniflare.dispose() };
}
