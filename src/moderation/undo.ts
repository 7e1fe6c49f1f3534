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
	const rejudged = deeds.some(({ kind }) => kind === "rejudged");
	// What is still being judged again would add to the act.
	if (rejudged) await hands.rejudging.stop(doing.at, act);
	if (deeds.length === 0 || !(await hands.log.markUndone(act, doing.at))) return false;
	if (rejudged) await hands.rejudging.takeBack(act, doing);
	await takeBackStates(hands, deeds, doing);
	await unblock(hands, labelled(deeds, "blocked", "after"), doing);
	await block(hands, labelled(deeds, "unblocked", "before"), doing);
	for (const deed of deeds.toReversed()) await takeBack(hands, deed, doing);
	return true;
}

/** Comments that went the same way go back together: a request may make fifty statements, and a page has thirty comments. */
async function takeBackStates(hands: Hands, deeds: readonly Deed[], doing: Doing): Promise<void> {
	const ways = Map.groupBy(
		deeds.filter(({ kind }) => kind === "decided"),
		({ before, after }) => `${before} ${after}`,
	);
	for (const way of ways.values()) {
		const [first] = way;
		if (first === undefined || !isState(first.before) || !isState(first.after)) continue;
		const ids = way.map(({ commentId }) => commentId).filter((id) => id !== null);
		// What was public comes back as it was; words its author wrote since have to be read first.
		const unread = first.before === "published" ? { wordsBy: first.createdAt } : {};
		await hands.comments.decide(ids, first.before, { ...doing, ...unread, from: first.after });
	}
}

/** Whom deeds of a kind were about, as far as the log still says. */
function labelled(deeds: readonly Deed[], kind: Deed["kind"], side: "before" | "after"): readonly Blocked[] {
	return deeds
		.filter((deed) => deed.kind === kind)
		.map((deed) => deed[side])
		.filter((text) => text !== null)
		.map((text) => JSON.parse(text) as Blocked);
}

async function takeBack(hands: Hands, deed: Deed, doing: Doing): Promise<unknown> {
	const { commentId, postId, before, after } = deed;
	switch (deed.kind) {
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
		case "ruled": {
			const settings = before === null ? null : readSettings(JSON.parse(before));
			return settings === null ? undefined : rule(hands, settings, doing);
		}
	}
}

function isState(value: string | null): value is "published" | "held" | "spam" | "deleted" {
	return value !== null && ["published", "held", "spam", "deleted"].includes(value);
}
