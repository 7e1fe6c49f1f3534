/**
 * Prints an error of the operating system (no write permission, full disk) and returns the exit code. Rethrows any other
 * error, which is a bug, to be shown with its stack.
 */
export function printOsError(error: unknown): 1 {
	if (!(error instanceof Error && "syscall" in error)) throw error;
	console.error(`The operating system reports: ${error.message}. Fix that, then run this again.`);
	return 1;
}
