import { readdirSync, readFileSync } from "node:fs";
import autocannon from "autocannon";

/** A page, or several with the same cost that are asked for one after another. */
export type Target = string | readonly string[];

/** Requests a second of two targets, in turns, so that whatever else the machine does falls on both alike. */
export async function race(
	a: Target,
	b: Target,
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

async function load(target: Target, duration: number): Promise<number> {
	const addresses = typeof target === "string" ? [target] : target;
	const url = addresses[0] ?? "";
	let next = 0;
	const path = () => {
		const { pathname, search } = new URL(addresses[next++ % addresses.length] ?? "");
		return pathname + search;
	};
	const requests = [{ setupRequest: (request: autocannon.Request) => ({ ...request, path: path() }) }];
	const several = addresses.length > 1 ? { requests } : {};
	const result = await autocannon({ url, connections: 16, duration, ...several });
	const failed = result.non2xx + result.errors + result.timeouts;
	if (failed > 0) throw new Error(`${failed} requests to ${url} failed`);
	return result.requests.average;
}

export function median(values: readonly number[]): number {
	const sorted = values.toSorted((x, y) => x - y);
	return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Time on a processor that a process and all its threads have used so far, in milliseconds. */
export function cpuMilliseconds(pid: number): number {
	const threads = readdirSync(`/proc/${pid}/task`);
	const nanoseconds = threads.map((thread) =>
		Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
	);
	return nanoseconds.reduce((sum, time) => sum + time, 0) / 1e6;
}

/** Memory a process holds, in bytes. */
export function residentBytes(pid: number): number {
	return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) * 1024;
}
