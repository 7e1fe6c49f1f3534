/** Milliseconds between two updates of the line. */
const pause = 100;

/** Shows how far a long step has come on one line of the terminal, which `end` clears; nothing where there is no terminal. */
export function terminalProgress(): { show(step: string, done: number): void; end(): void } {
	let shownAt = 0;
	return {
		show(step, done) {
			if (!process.stderr.isTTY || Date.now() - shownAt < pause) return;
			shownAt = Date.now();
			process.stderr.write(`\r\u001b[K${step}: ${done.toLocaleString("en")}`);
		},
		end() {
			if (shownAt > 0) process.stderr.write("\r\u001b[K");
		},
	};
}
