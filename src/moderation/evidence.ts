import type { ReachedLimit, Write } from "../comments/write-limits.ts";
import type { BlockKind } from "./blocks.ts";
import type { Settings } from "./settings.ts";
import { noWeights, type Weights } from "./weights.ts";

/** How many comments linking to a target (`linkTargetsOf`) were approved, and how many were spam. */
export type Reputation = { approved: number; spam: number };

/** Past comments and decisions the rules consider; read once, in limited amounts, before they run. */
export type Evidence = {
	/** Whether this visitor has a published comment. */
	known: boolean;
	/** Whether they had one before {@link EvidenceQuery.recentSince}. */
	knownEarlier: boolean;
	/** The kinds of block that match the submission. */
	blocked: readonly BlockKind[];
	/** Comments by others with the same content hash, the latest few, and whether a person marked them as spam. */
	duplicates: readonly { postId: string; isMarkedSpam: boolean }[];
	/** The reputation of link targets that appeared in decided comments. */
	linkTargets: ReadonlyMap<string, Reputation>;
	/** The first characters of the latest comments on the post. */
	threadExcerpts: readonly string[];
	/** Recent comments from the same network, counted up to {@link maxNetworkCount}. */
	recentFromNetwork: number;
	/** Recent comments to the whole site: an upper bound, or the count up to `countLimit` where it could reach that. */
	recentOnSite: number;
	/** Whether commenting on the whole blog is paused. */
	paused: boolean;
	/** The classifier's weights, trained on this blog's decisions. */
	weights: Weights;
};

/** The submission's keys to look evidence up by. */
export type EvidenceQuery = {
	postId: string;
	visitor: string;
	email: string | null;
	network: string | null;
	/** Digests of the network under the keys of earlier days, to find blocks made then. */
	earlierNetworks?: readonly string[];
	/** Digest of the text, from `contentHash`. */
	contentHash: string | null;
	linkTargets: readonly string[];
	/** The instant from which a comment is recent (epoch milliseconds). */
	recentSince: number;
	/** The time (epoch milliseconds). Comments after it are from before the clock was set back, and not counted. */
	now: number;
	/** Most recent comments to count. */
	countLimit: number;
	/** The comment being judged again, which is not evidence about itself; absent for a new one. */
	exceptId?: number;
	/** The write whose limits are read in the same round trip, before it is counted; absent if it is counted already. */
	write?: Write;
};

/** The evidence and settings for a submission, read in one round trip. */
export type FoundEvidence = {
	evidence: Evidence;
	settings: Settings;
	/** The limit that the query's `write` would exceed, or null. */
	reached: ReachedLimit | null;
};

/** Reads evidence and settings in one round trip of bounded cost, because the commenter waits for it. */
export type EvidenceReader = (query: EvidenceQuery) => Promise<FoundEvidence>;

/** The number at which counting a network's recent comments stops. */
export const maxNetworkCount = 50;

/** The evidence on a blog without comments. */
export const emptyEvidence: Evidence = {
	known: false,
	knownEarlier: false,
	blocked: [],
	duplicates: [],
	linkTargets: new Map(),
	threadExcerpts: [],
	recentFromNetwork: 0,
	recentOnSite: 0,
	paused: false,
	weights: noWeights(),
};
