import { readFileSync } from "node:fs";
import autocannon from "autocannon";

/** Requests a second of two targets, in turns, so that whatever else the machine does falls on both alike. */
export async function race(
	a: string,
	b: string,
	{ rounds = 5, seconds = 2 } = {},
): Promise<{ a: number; b: number; ratio: number }> {
	await load(a, 1);
	await load(b, 1);
	const ratios: number[] = [];
	const rates: { a: number[]; b: number[] } = { a: [], b: [] };
	for (let round = 0; round < rounds; round++) {
		const first = await load(a, seconds);
		const second = await load(b, seconds);
		rates.a.push(first);
		rates.b.push(second);
		ratios.push(first / second);
	}
	return { a: median(rates.a), b: median(rates.b), ratio: median(ratios) };
}

async function load(url: string, duration: number): Promise<number> {
	const result = await autocannon({ url, connections: 16, duration });
	const failed = result.non2xx + result.errors + result.timeouts;
	if (failed > 0) throw new Error(`${failed} requests to ${url} failed`);
	return result.requests.average;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((x, y) => x - y);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** User and system time a process has used so far; the kernel counts in hundredths of a second. */
export function cpuMilliseconds(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
	return (Number(fields[11]) + Number(fields[12])) * 10;
}
