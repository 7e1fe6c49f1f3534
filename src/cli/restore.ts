/** `npm run restore -- FILE`: restores a backup, locally or on a deployment. */

import { parseRestoreCommand, restoreInterface } from "./backup-command.ts";
import { command } from "./command.ts";

process.exitCode = await command(restoreInterface, parseRestoreCommand, async (args) => {
	const { restoreDatabase } = await import("./restore-database.ts");
	return restoreDatabase(args);
});
