/**
 * Says why the operating system refused something (a folder that may not be written, a full disk), and returns the exit
 * code. Any other error is a mistake of ours: it is thrown on, to be seen with its stack.
 */
export function sayRefusal(error: unknown): 1 {
	if (!(error instanceof Error && "syscall" in error)) throw error;
	console.error(`The operating system refused: ${error.message}. Make that possible, then run this again.`);
	return 1;
}
