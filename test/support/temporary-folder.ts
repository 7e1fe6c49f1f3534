import { mkdtempSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const memory = "/dev/shm";

/** Bytes that a run never needs together. */
const roomy = 4 * 1024 ** 3;

/**
 * Creates a folder for all temporary files of this process and of those it starts, and removes it at the end. It is in memory
 * where that has room and runs programs: D1 waits for a disk after every write.
 */
export function useTemporaryFolder(): void {
	const folder = mkdtempSync(join(hasRoom() ? memory : tmpdir(), "edgecat-tests-"));
	process.env.TMPDIR = folder;
	// Those it started may take a moment to end.
	process.on("exit", () => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }));
}

function hasRoom(): boolean {
	try {
		const mount = readFileSync("/proc/mounts", "utf8")
			.split("\n")
			.findLast((line) => line.split(" ")[1] === memory);
		const { bavail, bsize } = statfsSync(memory);
		return mount !== undefined && !/\bnoexec\b/.test(mount) && bavail * bsize >= roomy;
	} catch {
		return false;
	}
}
