import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";

/** A new folder that is removed when the test is over. */
export function temporaryFolder(): string {
	const folder = mkdtempSync(join(tmpdir(), "edgecat-cli-"));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	return folder;
}

/** Writes files by path below a folder, and returns the folder. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string {
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(folder, path)), { recursive: true });
		writeFileSync(join(folder, path), text);
	}
	return folder;
}
