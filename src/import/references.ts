import type { NewAddresses } from "./convert/addresses.ts";
import type { Spool } from "./spool.ts";

/** Settles media that cannot be had. */
export function settleMedia(spool: Spool): void {
	for (const { n, record } of spool.media()) {
		spool.settle(
			n,
			"reported",
			`${record.address} is not here; give its folder with --media or use --fetch-media.`,
		);
	}
}

/** Returns the function that makes the new addresses of a source's texts. */
export function newAddresses(_: Spool): () => NewAddresses {
	return () => ({ base: null, link: () => null, medium: () => null, mediumById: () => null });
}
