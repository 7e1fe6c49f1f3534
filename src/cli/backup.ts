/** `npm run backup`: writes all rows of the database into one file; `--verify` checks such a file. */

import { backupInterface, parseBackupCommand } from "./backup-command.ts";
import { command } from "./command.ts";

process.exitCode = await command(backupInterface, parseBackupCommand, async (args) => {
	const { backUpDatabase } = await import("./back-up-database.ts");
	return backUpDatabase(args);
});
