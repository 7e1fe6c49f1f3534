import type { Draft } from "../comments/draft.ts";
import { hostsOf } from "../comments/links.ts";
import { featuresOf } from "./features.ts";
import { count, type Lesson, type Weights } from "./weights.ts";

/** A decided comment whose lesson is not the one that was learnt from it. */
export type DueLesson = {
	commentId: number;
	lesson: Lesson | null;
	taught: Lesson | null;
	draft: Pick<Draft, "name" | "website" | "text">;
};

/** How much more, or less, a host was seen with in approved comments and in spam. */
export type HostChange = { host: string; approved: number; spam: number };

/** What was learnt so far; the revision tells whether somebody else learns at the same time. */
export type Learnt = { revision: number; weights: Weights };

/** What the domain asks of the place lessons are kept in. */
export type LessonRepository = {
	/** At most `limit` lessons not yet learnt. */
	due(limit: number): Promise<readonly DueLesson[]>;
	learnt(): Promise<Learnt>;
	/**
	 * Takes over what was learnt and marks the lessons it was learnt from, all or nothing: nothing when the revision is no
	 * longer the one it was learnt on top of.
	 */
	learn(lessons: readonly DueLesson[], hosts: readonly HostChange[], learnt: Learnt): Promise<void>;
};

/** Lessons learnt in one go: what one run of the cron trigger has the time for. */
const atOnce = 20;

/** Learns from decisions not yet learnt from; one that was reversed is unlearnt. */
export async function learnLessons(repository: LessonRepository): Promise<void> {
	const lessons = await repository.due(atOnce);
	if (lessons.length === 0) return;
	const learnt = await repository.learnt();
	for (const { lesson, taught, draft } of lessons) {
		const features = featuresOf(draft);
		if (taught !== null) count(learnt.weights, features, taught, -1);
		if (lesson !== null) count(learnt.weights, features, lesson, 1);
	}
	await repository.learn(lessons, hostChanges(lessons), learnt);
}

function hostChanges(lessons: readonly DueLesson[]): HostChange[] {
	const changes = new Map<string, HostChange>();
	for (const { lesson, taught, draft } of lessons) {
		for (const host of hostsOf(draft)) {
			const change = changes.get(host) ?? { host, approved: 0, spam: 0 };
			if (lesson !== null) change[lesson] += 1;
			if (taught !== null) change[taught] -= 1;
			changes.set(host, change);
		}
	}
	return [...changes.values()];
}
