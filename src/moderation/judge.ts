import type { CommentRepository } from "../comments/repository.ts";
import type { Judge, Submission } from "../comments/submit.ts";
import type { Moderation } from "../posts/site.ts";

/** The site's policy as a judge: `none` publishes, `all` holds, `first` holds whoever has nothing published yet. */
export function judgeBy(policy: Moderation, repository: CommentRepository): Judge {
	return async ({ visitor }: Submission) => {
		if (policy === "none") return "published";
		if (policy === "all") return "held";
		return (await repository.isKnown(visitor)) ? "published" : "held";
	};
}
