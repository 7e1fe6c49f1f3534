import type { Member } from "../../../src/members/member.ts";
import type { SessionRepository } from "../../../src/members/repository.ts";

type Row = {
	id: number;
	memberId: number;
	device: string;
	token: string;
	previousToken: string | null;
	createdAt: number;
	rotatedAt: number;
	expiresAt: number;
};

/** Sessions in memory, of members who are all called Mika. */
export function sessionsInMemory(): SessionRepository & { rows: Row[] } {
	const rows: Row[] = [];
	const memberOf = ({ memberId }: Row): Member => ({ id: memberId, name: "Mika", role: "owner" });
	const keepOnly = (isKept: (row: Row) => boolean): boolean => {
		const kept = rows.filter(isKept);
		const removed = rows.length - kept.length;
		rows.splice(0, rows.length, ...kept);
		return removed > 0;
	};
	return {
		rows,
		async begin({ at, ...session }) {
			rows.push({ id: rows.length + 1, previousToken: null, createdAt: at, rotatedAt: at, ...session });
		},
		async find(token) {
			const row = rows.find((row) => row.token === token || row.previousToken === token);
			if (row === undefined) return null;
			return { ...row, usedAt: row.rotatedAt, member: memberOf(row), isPreviousToken: row.token !== token };
		},
		async rotate(id, { from, to, at, expiresAt }) {
			const row = rows.find((row) => row.id === id && row.token === from);
			if (row === undefined) return false;
			Object.assign(row, { token: to, previousToken: from, rotatedAt: at, expiresAt });
			return true;
		},
		async list(memberId, now) {
			return rows
				.filter((row) => row.memberId === memberId && row.expiresAt > now)
				.map((row) => ({ ...row, usedAt: row.rotatedAt }));
		},
		end: async (memberId, id) => keepOnly((row) => row.memberId !== memberId || row.id !== id),
		async endOthers(memberId, keep) {
			keepOnly((row) => row.memberId !== memberId || row.id === keep);
		},
	};
}
