import { readdir, readFile } from "node:fs/promises";
import type { D1Database } from "@cloudflare/workers-types";

const folder = new URL("../../migrations/", import.meta.url);

/** Applies the project's migrations, as wrangler would. */
export async function migrate(db: D1Database): Promise<void> {
	const files = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
	for (const file of files) {
		const statements = (await readFile(new URL(file, folder), "utf8")).split("--> statement-breakpoint");
		await db.batch(statements.map((statement) => db.prepare(statement)));
	}
}
