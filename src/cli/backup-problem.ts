import { BackupError } from "../backup/error.ts";
import { databaseReason } from "./database-error.ts";
import { credentialsHint, isDatabaseMissing, isUnmigrated } from "./wrangler-errors.ts";

/** Returns a sentence on an error of a backup or a restore; throws any other, which is a bug or the operating system's. */
export function backupProblem(error: unknown, remote: boolean, state: string): string {
	if (error instanceof BackupError) return error.message;
	const reason = databaseReason(error);
	if (reason === null) throw error;
	const hint = credentialsHint(reason);
	if (hint !== null) return hint;
	if (!isDatabaseMissing(reason) && !isUnmigrated(reason)) {
		return `The database refused: ${reason}. Nothing was changed; run the same command again.`;
	}
	return remote
		? "This deployment has no database yet; run npm run deploy first, which makes an empty one."
		: `The database in ${state} is not migrated; run npm start once, with the same PERSIST_TO.`;
}
