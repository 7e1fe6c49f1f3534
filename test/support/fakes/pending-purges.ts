import type { PendingPurge, PendingPurgeRepository } from "../../../src/caching/pending-purges.ts";

/** Pending purges in memory, with a lock that a test can hold. */
export function pendingPurgesInMemory(): PendingPurgeRepository & { rows: PendingPurge[]; locked: boolean } {
	const repository = {
		rows: [] as PendingPurge[],
		locked: false,
		acquire: async () => !repository.locked,
		due: async (purgedBefore: number, _now: number, limit: number) =>
			repository.rows.filter(({ purgedAt }) => purgedAt === null || purgedAt < purgedBefore).slice(0, limit),
		async markPurged(purges: readonly PendingPurge[], now: number) {
			const purged = new Set(purges.map(({ postId }) => postId));
			repository.rows = repository.rows.flatMap((row) => {
				if (!purged.has(row.postId)) return [row];
				return row.purgedAt === null ? [{ ...row, purgedAt: now }] : [];
			});
		},
		revision: async () => 0,
	};
	return repository;
}
