/** The database as a check finds it. */
export type DatabaseHealth = {
	/** Whether it answers and has every table and column that this version reads or writes. */
	database: "ok" | "down";
	migrations: "ok" | "missing" | "unknown";
	/** When the cron trigger last ran (epoch milliseconds, up to five minutes early); null if it never did. */
	cronRanAt: number | null;
};

/** Checks the database. Never rejects. */
export type DatabaseCheck = () => Promise<DatabaseHealth>;

/** The parts of a deployment that `/readyz` checks. */
export type Readiness = Pick<DatabaseHealth, "database" | "migrations"> & {
	ready: boolean;
	/** `starting` for a deployment so young that its cron trigger may not have run yet. */
	cron: "ok" | "starting" | "late" | "unknown";
	signing_secret: "ok" | "missing";
};

/** Milliseconds between two records of a run of the cron trigger: each costs a row of the day's. */
export const cronRecordInterval = 5 * 60_000;

/** Milliseconds without a record after which the cron trigger counts as not running. */
const cronPatience = 3 * cronRecordInterval;

/** Milliseconds after a deployment within which the cron trigger may not have run yet. */
const startTime = 3 * 60_000;

/** Milliseconds for which an isolate repeats the last answer about the database. */
const memory = 10_000;

/** Returns a check that asks the database at most once in ten seconds, however many ask. */
export function rememberedCheck(check: DatabaseCheck): (now: number) => Promise<DatabaseHealth> {
	let known: { health: DatabaseHealth; at: number } | null = null;
	return async (now) => {
		// Not the promise: another request may not wait for the connection of this one.
		if (known === null || now < known.at || now - known.at >= memory)
			known = { health: await check(), at: now };
		return known.health;
	};
}

/** Decides whether a deployment can do its work. */
export function readinessOf(
	{ database, migrations, cronRanAt }: DatabaseHealth,
	{ hasSecret, deployedAt, now }: { hasSecret: boolean; deployedAt: number; now: number },
): Readiness {
	const isKnown = database === "ok" && migrations === "ok";
	const isLate = isCronLate({ cronRanAt }, deployedAt, now);
	const cron = !isKnown ? "unknown" : isLate ? "late" : isRecent(cronRanAt, now) ? "ok" : "starting";
	return {
		ready: isKnown && cron !== "late" && hasSecret,
		database,
		migrations,
		cron,
		signing_secret: hasSecret ? "ok" : "missing",
	};
}

/** Whether the cron trigger should have run and did not. */
export function isCronLate(
	{ cronRanAt }: Pick<DatabaseHealth, "cronRanAt">,
	deployedAt: number,
	now: number,
): boolean {
	return !isRecent(cronRanAt, now) && now - deployedAt >= startTime;
}

const isRecent = (ranAt: number | null, now: number) =>
	ranAt !== null && Math.abs(now - ranAt) < cronPatience;
