/** A visitor, e-mail address or network that may not comment. */
export type Block = {
	id: number;
	kind: BlockKind;
	value: string;
	/** The blocked party in plain text; a digest says nothing to a moderator. */
	label: string;
	actor: string;
	reason: string;
	createdAt: number;
};

/** The kinds of what is blocked. */
export const blockKinds = ["visitor", "email", "network"] as const;
export type BlockKind = (typeof blockKinds)[number];

/** The part of a block that is chosen; actor, reason and time come from its operation. */
export type BlockTarget = Pick<Block, "kind" | "value" | "label">;

/** The stored blocks. */
export type BlockRepository = {
	/** Lists every block, newest first. */
	list(): Promise<readonly Block[]>;
};

/** Whether untrusted input names a kind of block. */
export function isBlockKind(name: string): name is BlockKind {
	return (blockKinds as readonly string[]).includes(name);
}
