import { vi } from "vitest";

/** Waits until a check passes, for nearly as long as a test may take: other processes may keep the machine busy. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> =>
	vi.waitFor(check, { timeout: 50_000, interval: 20 });
