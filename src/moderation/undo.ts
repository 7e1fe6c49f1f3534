import {
	type Blocked,
	block,
	type Doing,
	edit,
	type Hands,
	rule,
	setClosed,
	setPinned,
	unblock,
	type Words,
} from "./acts.ts";
import { type Deed, isUndoable } from "./log.ts";
import { readSettings } from "./settings.ts";

/**
 * Takes an act back, last deed first, as far as things still are as it left them; false when it is undone already or
 * cannot be. What undoing does is an act of its own.
 */
export async function undo(hands: Hands, act: string, doing: Doing): Promise<boolean> {
	const deeds = (await hands.log.of(act)).filter(isUndoable);
	if (deeds.length === 0 || !(await hands.log.markUndone(act, doing.at))) return false;
	for (const deed of deeds.toReversed()) await takeBack(hands, deed, doing);
	return true;
}

async function takeBack(hands: Hands, deed: Deed, doing: Doing): Promise<unknown> {
	const { commentId, postId, before, after } = deed;
	switch (deed.kind) {
		case "decided":
			if (commentId === null || !isState(before) || !isState(after)) return;
			return hands.comments.decide([commentId], before, { ...doing, from: after });
		case "edited": {
			const comment = commentId === null ? null : await hands.desk.find(commentId);
			if (comment === null || before === null || after === null) return;
			const written: Words = JSON.parse(after);
			const isStill = comment.source === written.source && comment.name === written.name;
			return isStill ? edit(hands, comment, JSON.parse(before) as Words, doing) : undefined;
		}
		case "closed":
		case "opened":
			return postId === null ? undefined : setClosed(hands, postId, deed.kind === "opened", doing);
		case "pinned":
		case "unpinned":
			return postId === null
				? undefined
				: setPinned(hands, postId, before === null ? null : Number(before), doing);
		case "blocked":
			return after === null ? undefined : unblock(hands, JSON.parse(after) as Blocked, doing);
		case "unblocked":
			return before === null ? undefined : block(hands, JSON.parse(before) as Blocked, doing);
		case "ruled": {
			const settings = before === null ? null : readSettings(JSON.parse(before));
			return settings === null ? undefined : rule(hands, settings, doing);
		}
	}
}

function isState(value: string | null): value is "published" | "held" | "spam" | "deleted" {
	return value !== null && ["published", "held", "spam", "deleted"].includes(value);
}
