import type { PersonHistory } from "./queue.ts";
import type { Block, Settings } from "./settings.ts";

/** What the rules go by, as it is kept. */
export type StandardsRepository = {
	settings(): Promise<Settings>;
	save(settings: Settings): Promise<void>;
	blocks(): Promise<readonly Block[]>;
	/** Blocks people and places; gives those that were not blocked already. */
	block(blocks: readonly Omit<Block, "id">[], act: string): Promise<readonly Block[]>;
	/** Lifts blocks; gives what they were. */
	unblock(which: readonly Pick<Block, "kind" | "value">[]): Promise<readonly Block[]>;
};

/** A comment's words as they are changed at the desk. */
export type Wording = {
	name: string;
	website: string | null;
	source: string;
	html: string;
	lang: string | null;
	said: string | null;
};

/** Somebody who wrote, as the latest of their comments names them. */
export type Person = {
	visitor: string;
	name: string;
	latestId: number;
	latestAt: number;
	history: PersonHistory;
};

/** What the desk does to what a person wrote, and to all that is known of the person. */
export type PeopleRepository = {
	/** People by their latest comment, the newest first, from before the comment of id `before`. */
	list(before: number | null, limit: number): Promise<{ people: readonly Person[]; next: number | null }>;
	/** Digest of the network of a person's latest comment that still has one. */
	networkOf(visitor: string): Promise<string | null>;
	/** Puts other words in a comment's place; false when nothing changes. Whoever calls records it. */
	reword(id: number, wording: Wording): Promise<boolean>;
	/** Takes the person out of their comments and leaves the words: name, addresses, cookie and network go. */
	anonymise(visitor: string, name: string): Promise<readonly number[]>;
	/** Takes the words too; what is left is a mark where others answered. */
	erase(visitor: string, decision: { madeBy: string; at: number }): Promise<readonly number[]>;
};
