import { readdir, readFile } from "node:fs/promises";
import type { D1Database } from "@cloudflare/workers-types";

const folder = new URL("../../migrations/", import.meta.url);

/**
 * Applies the project's migrations, as wrangler would. In one call, for which each statement has to be one line: preparing
 * them one by one makes this process stand still for half a second.
 */
export async function migrate(db: D1Database): Promise<void> {
	const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
	const files = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
	const statements = files.flatMap((file) => file.split("--> statement-breakpoint"));
	const lines = statements.map((statement) =>
		statement
			.replace(/^\s*--.*$/gm, "")
			.trim()
			.replace(/\s*\n\s*/g, " "),
	);
	await db.exec(lines.join("\n"));
}
