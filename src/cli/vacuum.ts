import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import { fail } from "./command.ts";
import { localDatabaseFile } from "./local-database.ts";
import { lockStore, protectDatabases } from "./store.ts";

/**
 * Rewrites the database of a store without its free pages, in which the text of deleted rows may still be. Nobody may serve
 * from it meanwhile: workerd itself cannot do it.
 */
export async function vacuumStore(store: string): Promise<0 | 1> {
	if (!existsSync(store) || !existsSync(await localDatabaseFile(store)))
		return fail(`There is no database in ${store}; name the DATA_DIR of the blog.`);
	if (!(await lockStore(store)))
		return fail(`The blog is served from the database in ${store}; stop it, then vacuum.`);
	const database = new DatabaseSync(await localDatabaseFile(store));
	try {
		const size = () =>
			Number(
				database
					.prepare("SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size")
					.get()?.bytes,
			);
		const before = size();
		database.exec("VACUUM; PRAGMA wal_checkpoint(TRUNCATE)");
		console.log(`The database has ${megabytes(size())} MB now; it had ${megabytes(before)} MB.`);
	} finally {
		database.close();
	}
	await protectDatabases(store);
	return 0;
}

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);
