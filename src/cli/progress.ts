/** Milliseconds between two updates of the line. */
const pause = 100;

/** Characters of a full bar. */
const barLength = 24;

/**
 * Shows how far a long step has come on one line of the terminal, as a bar if it is known of how much; `end` clears the line.
 * Shows nothing where there is no terminal.
 */
export function terminalProgress(): { show(step: string, done: number, of?: number): void; end(): void } {
	let shownAt = 0;
	return {
		show(step, done, of) {
			if (!process.stderr.isTTY || Date.now() - shownAt < pause) return;
			shownAt = Date.now();
			const numbers = [done, ...(of === undefined ? [] : [of])].map((number) => number.toLocaleString("en"));
			process.stderr.write(
				`\r\u001b[K${step}: ${of === undefined ? "" : `${bar(done / of)} `}${numbers.join(" of ")}`,
			);
		},
		end() {
			if (shownAt > 0) process.stderr.write("\r\u001b[K");
		},
	};
}

function bar(share: number): string {
	const full = Math.round(share * barLength);
	return "█".repeat(full) + "░".repeat(barLength - full);
}
