import { posix } from "node:path";
import { addressKey, parseOldAddress } from "./addresses.ts";
import type { NewAddresses } from "./convert/addresses.ts";
import { fullSize, type MediaMap, mediumKey } from "./media.ts";
import type { Spool } from "./spool.ts";

/** Everything the new addresses of a text depend on. */
export type ReferenceContext = {
	spool: Spool;
	media: MediaMap;
	/** Whether a host is the old blog's. */
	isOld(host: string): boolean;
};

/**
 * Returns the new addresses for the text of one entry. Links to entries name their files, so that they follow them when
 * permalinks change; with a fragment they are paths, as the part they lead to may not be a heading.
 */
export function newAddresses(
	{ spool, media, isOld }: ReferenceContext,
	source: string,
	base: string | null,
	file: string,
): NewAddresses {
	const find = spool.prepare("SELECT path, file FROM addresses JOIN planned ON n = entry WHERE key = :key");
	const medium = (address: string) =>
		media.get(mediumKey(address)) ?? media.get(mediumKey(fullSize(address))) ?? null;
	return {
		base,
		medium,
		link(address) {
			const old = parseOldAddress(address);
			if (old === null || !isOld(old.host)) return null;
			const row = find.get({ key: addressKey(old) }) as { path: string; file: string } | undefined;
			if (row === undefined) return null;
			const { fragment } = old;
			const isKept = fragment !== "" && !/^(?:more-\d+|respond)$/.test(fragment);
			if (isKept) return `${encodeURI(row.path)}#${fragment}`;
			const relative = posix.relative(posix.dirname(file), row.file);
			return encodeURI(relative.startsWith(".") ? relative : `./${relative}`);
		},
		mediumById(id) {
			const select =
				"SELECT body ->> 'address' AS address FROM records WHERE class = 'medium' AND source = :source AND id = :id";
			const row = spool.prepare(select).get({ source, id }) as { address: string } | undefined;
			return row === undefined ? null : (medium(row.address) ?? row.address);
		},
	};
}
