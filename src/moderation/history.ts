import type { CommentState } from "../comments/comment.ts";
import type { BlockKind, Settings } from "./settings.ts";
import { noWeights, type Weights } from "./weights.ts";

/** What has been decided about comments that point at a host. */
export type Reputation = { approved: number; spam: number };

/** What the rules know of the past: gathered once, bounded, before any of them looks. */
export type History = {
	/** Whether this person has a published comment. */
	known: boolean;
	/** The same from before the last minutes. */
	knownBefore: boolean;
	/** By which of these the person is blocked. */
	blocked: readonly BlockKind[];
	/** Comments that said the same under other posts, the latest few. */
	repeats: readonly { postId: string; state: CommentState }[];
	/** Of the hosts the comment points at, those anything was decided about. */
	hosts: ReadonlyMap<string, Reputation>;
	/** How the latest comments on the post begin. */
	thread: readonly string[];
	/** Comments from the same network within the last minutes, counted up to {@link mostFromNetwork}. */
	fromNetwork: number;
	/** Comments to the whole site within the last minutes: at most so many, or, where that could be a flood, counted up to it. */
	everywhere: number;
	/** What this blog's decisions have taught the classifier. */
	weights: Weights;
};

/** What to look up. */
export type HistoryQuery = {
	postId: string;
	visitor: string;
	email: string | null;
	network: string | null;
	/** Digest of the words, as `digestOfSaid` makes it. */
	said: string | null;
	hosts: readonly string[];
	/** The instant from which a comment is recent (epoch milliseconds). */
	recentSince: number;
	/** How many recent comments to count at most. */
	flood: number;
	/** The comment that is judged again, which must not speak for itself; absent for one that has just come. */
	itself?: number;
};

/** Reads the past, and what the owner has set, in one round trip, whatever its size: whoever posts waits for it. */
export type HistoryReader = (query: HistoryQuery) => Promise<{ history: History; settings: Settings }>;

/** Where counting a network's recent comments stops. */
export const mostFromNetwork = 50;

/** A history in which nothing has happened yet. */
export const blankHistory: History = {
	known: false,
	knownBefore: false,
	blocked: [],
	repeats: [],
	hosts: new Map(),
	thread: [],
	fromNetwork: 0,
	everywhere: 0,
	weights: noWeights(),
};
