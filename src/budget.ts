/** The amounts that one invocation may use: of D1 statements, subrequests, rows read or written, and bytes sent. */
export type Cost = { statements: number; subrequests: number; rows: number; bytes: number };

/**
 * The budget of one invocation. The free plan counts statements and subrequests; rows and bytes keep a run short, since a
 * Worker cannot measure its processor time.
 */
export const invocationLimits: Cost = {
	statements: 50,
	subrequests: 50,
	rows: 30_000,
	bytes: 1024 * 1024,
};

/** The budget that an invocation has left. Jobs take from it before they work; what does not fit waits for the next run. */
export type Budget = {
	/** Takes a cost, or nothing and returns false if any part of it is more than what is left. */
	take(cost: Partial<Cost>): boolean;
};

/** Creates a budget. */
export function createBudget(limits: Cost = invocationLimits): Budget {
	const left = { ...limits };
	const kinds = Object.keys(left) as (keyof Cost)[];
	return {
		take(cost) {
			if (kinds.some((kind) => (cost[kind] ?? 0) > left[kind])) return false;
			for (const kind of kinds) left[kind] -= cost[kind] ?? 0;
			return true;
		},
	};
}
