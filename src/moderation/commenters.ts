import type { RedactionResult } from "../comments/visitors.ts";
import type { AuditContext } from "./audit-log.ts";
import type { CommenterHistory } from "./queue.ts";

/** The edited parts of a comment, with everything derived from them. */
export type EditedText = {
	name: string;
	website: string | null;
	source: string;
	html: string;
	lang: string | null;
	contentHash: string | null;
};

/** A commenter, named as in their latest comment. */
export type Commenter = {
	visitor: string;
	name: string;
	latestId: number;
	latestAt: number;
	history: CommenterHistory;
};

/** The commenters, and moderators' changes to what they wrote. */
export type CommenterRepository = {
	/** Lists commenters by their latest comment, newest first, from before the comment of id `before`. */
	list(
		before: number | null,
		limit: number,
	): Promise<{ commenters: readonly Commenter[]; next: number | null }>;
	/** Returns the network digest of the latest of their comments that still has one. */
	networkOf(visitor: string): Promise<string | null>;
	/** Empties at most `limit` comments of a network that are not public, and logs how many; returns their number. */
	purgeNetwork(network: string, limit: number, context: AuditContext): Promise<number>;
	/** Returns the version that an operation replaced; null when it was erased or the comment was edited since. */
	versionBefore(
		id: number,
		operation: string,
	): Promise<Pick<EditedText, "name" | "website" | "source"> | null>;
	/** Removes name, addresses, cookie and network from their comments, and logs it; the text stays. */
	anonymize(visitor: string, name: string, context: AuditContext): Promise<RedactionResult>;
	/** Removes the text too; a placeholder remains where others replied. */
	erase(visitor: string, context: AuditContext): Promise<RedactionResult>;
};
