import { createHash, createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { database } from "../selfhost/config.ts";
import { projectRoot } from "./config.ts";
import { databaseFolder, serveLock } from "./store.ts";

/** The class of wrangler's local databases, each of which is a Durable Object of workerd. */
const objectClass = database.uniqueKey;

/**
 * Returns the file of the local database, which wrangler and workerd find by the id in wrangler.toml. A machine of one's own
 * finds it by a name that never changes.
 */
export async function localDatabaseFile(persistTo: string): Promise<string> {
	const id = existsSync(join(persistTo, serveLock))
		? database.name
		: databaseId(await readFile(join(projectRoot, "wrangler.toml"), "utf8"));
	return join(persistTo, databaseFolder, objectClass, `${objectId(id)}.sqlite`);
}

/** Opens the local database; null if there is none. The blog may be served from it at the same time. */
export async function openLocalDatabase(persistTo: string): Promise<DatabaseSync | null> {
	const file = await localDatabaseFile(persistTo);
	return existsSync(file) ? new DatabaseSync(file, { timeout: 10_000 }) : null;
}

/** Returns the id of the first database in wrangler.toml, which is its binding until it has another. */
export function databaseId(toml: string): string {
	const table = /^\[\[d1_databases\]\]\n((?:(?!\[).*\n?)*)/m.exec(toml)?.[1] ?? "";
	const setting = (key: string) => new RegExp(`^\\s*${key}\\s*=\\s*["']([^"']*)["']`, "m").exec(table)?.[1];
	return setting("preview_database_id") ?? setting("database_id") ?? setting("binding") ?? "DB";
}

/** Returns the id that workerd gives a Durable Object of this name, which is also the name of its file. */
function objectId(name: string): string {
	const key = createHash("sha256").update(objectClass).digest();
	const digest = (value: string | Buffer) => createHmac("sha256", key).update(value).digest().subarray(0, 16);
	const prefix = digest(name);
	return Buffer.concat([prefix, digest(prefix)]).toString("hex");
}
