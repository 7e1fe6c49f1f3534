/** Returns the milliseconds of CPU time this process has taken, which other processes do not lengthen. */
export function cpuTime(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}
