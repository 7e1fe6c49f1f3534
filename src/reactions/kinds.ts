/** The reactions a site can choose from, and the sign each is shown by. Add a line to add a kind. */
export const reactionKinds = {
	like: "👍",
	love: "❤️",
	thanks: "🙏",
	laugh: "😄",
	wow: "😮",
	sad: "😢",
	celebrate: "🎉",
} as const;

export type ReactionKind = keyof typeof reactionKinds;

/** Whether a string from outside names a reaction kind. */
export function isReactionKind(name: string): name is ReactionKind {
	return Object.hasOwn(reactionKinds, name);
}
