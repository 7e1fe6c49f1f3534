import { dryRun, dryRunLimits } from "../../src/moderation/dry-run.ts";
import { foldWords, type Policy } from "../../src/moderation/policy.ts";
import type { ModeratedComment } from "../../src/moderation/queue.ts";
import { settingsLimits } from "../../src/moderation/settings.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

/** Runs measured, after as many that are not. */
const runs = 20;

/** A comment of the most characters that a hundred of one request may have together, in English or Japanese. */
function comment(id: number): ModeratedComment {
	const words = id % 2 === 0 ? "some ordinary words about cats " : "猫についてのふつうのことば。";
	const source = words.repeat(200).slice(0, dryRunLimits.characters / dryRunLimits.comments);
	return {
		...{ id, postId: "p", parentId: null, parentName: null, state: "published", name: "Ann", website: null },
		...{ email: null, source, html: `<p>${source} <a href="https://a.example/">x</a></p>`, lang: null },
		...{ visitor: "v", createdAt: 0, editedAt: null, byAuthor: false, verified: false, tallies: {} },
		...{ history: { published: 1, held: 0, spam: 0, deleted: 0 } },
	} as unknown as ModeratedComment;
}

/** Measures the processor time of judging as many comments as one request of a dry run does, by the most blocked words. */
export async function moderation(add: Add): Promise<void> {
	const comments = Array.from({ length: dryRunLimits.comments }, (_, id) => comment(id));
	const policy = (words: number): Policy => ({
		...{ policy: "none", linkLimit: 4, floodLimit: 200, proofLimit: 100, turnstile: false },
		blockedWords: foldWords(Array.from({ length: words }, (_, at) => `blocked word ${at}`)),
	});
	const measure = async () => {
		const before = process.cpuUsage();
		for (let run = 0; run < runs; run++)
			await dryRun(comments, { from: policy(0), to: policy(settingsLimits.words), blocks: [] });
		const { user, system } = process.cpuUsage(before);
		return (user + system) / 1000 / runs;
	};
	await measure();
	const milliseconds = await measure();
	add(
		`CPU a request: testing settings with ${settingsLimits.words} blocked words on ${dryRunLimits.comments} comments of ${dryRunLimits.characters / dryRunLimits.comments} characters`,
		`${milliseconds.toFixed(1)} ms`,
		"under 10 ms",
		milliseconds < 10,
	);
}
