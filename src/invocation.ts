import { AsyncLocalStorage } from "node:async_hooks";

/** The use of the database by one invocation so far: statements, and the rows D1 bills for them. */
export type DatabaseUse = { statements: number; rowsRead: number; rowsWritten: number };

const current = new AsyncLocalStorage<DatabaseUse>();

/** Runs an invocation and everything it starts, whose use of the database is added up apart from that of others. */
export function runInvocation<T>(run: () => T): T {
	return current.run({ statements: 0, rowsRead: 0, rowsWritten: 0 }, run);
}

/** Returns the use of the database by the invocation that asks; null outside one. */
export function currentUse(): DatabaseUse | null {
	return current.getStore() ?? null;
}
