const face = "M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 1 0 0-15z";

/**
 * The reaction kinds a site can choose from, each with its icon as SVG path data in a 20 by 20 view box. Icons replace
 * emoji, which some systems lack and each draws differently.
 */
export const reactionKinds = {
	like: "M6.5 9v8h-3V9zM6.5 9.5l3.2-6.6c1.5-.2 2.3.8 2.1 2.2L11.3 8h4.2c1 0 1.7.9 1.5 1.8l-1.2 5.8c-.2.8-.9 1.4-1.7 1.4H6.5",
	love: "M10 16.8C5.5 13.4 3 10.8 3 7.7 3 5.5 4.7 4 6.6 4 8 4 9.3 4.8 10 6.2 10.7 4.8 12 4 13.4 4 15.3 4 17 5.5 17 7.7c0 3.1-2.5 5.7-7 9.1z",
	thanks:
		"M10 2.7v11M10 2.7c-1.3 0-1.9.8-2.1 2.1l-.8 4.4-3.8 3.3V17M10 2.7c1.3 0 1.9.8 2.1 2.1l.8 4.4 3.8 3.3V17M10 13.7 7.5 17M10 13.7l2.5 3.3",
	laugh: `${face}M6 8.3c.5-1 1.7-1 2.2 0M11.8 8.3c.5-1 1.7-1 2.2 0M6 11.2h8c0 2.2-1.8 3.6-4 3.6s-4-1.4-4-3.6z`,
	wow: `${face}M7.3 7.3v1M12.7 7.3v1M10 10.8a1.7 2 0 1 0 0 4 1.7 2 0 1 0 0-4z`,
	sad: `${face}M7.3 7.5v1M12.7 7.5v1M6.8 14c.8-1.5 1.9-2.2 3.2-2.2s2.4.7 3.2 2.2`,
	celebrate:
		"M3 17 6.8 7.2l6 6zM10.5 4.5c.8-.9.6-1.6.2-2.2M13 9l3.5-3.5M15.5 10.5c.9-.6 1.6-.5 2.2 0M12.5 5.8v.1M17 2.8v.1M17.3 13.3v.1",
} as const;

export type ReactionKind = keyof typeof reactionKinds;

/** Whether a string is the name of a reaction kind. */
export function isReactionKind(name: string): name is ReactionKind {
	return Object.hasOwn(reactionKinds, name);
}
