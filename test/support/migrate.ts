import { readdir, readFile } from "node:fs/promises";
import type { D1Database } from "@cloudflare/workers-types";

const folder = new URL("../../migrations/", import.meta.url);

/**
 * Applies the project's migrations, as wrangler would. In one call, for which each statement has to be one line: preparing
 * them one by one blocks this process for half a second.
 */
export async function migrate(db: D1Database): Promise<void> {
	await db.exec(await readSchema());
}

let schema: Promise<string> | undefined;

/** Returns the statements of the migrations, one a line. */
export function readSchema(): Promise<string> {
	schema ??= readStatements();
	return schema;
}

async function readStatements(): Promise<string> {
	const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).sort();
	const files = await Promise.all(names.map((name) => readFile(new URL(name, folder), "utf8")));
	return files
		.flatMap((file) => file.split("--> statement-breakpoint"))
		.map((statement) =>
			statement
				.replace(/^\s*--.*$/gm, "")
				.trim()
				.replace(/\s*\n\s*/g, " "),
		)
		.join("\n");
}
