import { bodies, manifest } from "#content";
import type { CommentRepository } from "./comments/repository.ts";
import type { Judge } from "./comments/submit.ts";
import { commentRepository } from "./db/comments.ts";
import { reactionRepository } from "./db/reactions.ts";
import type { Env } from "./env.ts";
import { judgeBy } from "./moderation/judge.ts";
import { type Archive, openArchive } from "./posts/archive.ts";
import type { ReactionRepository } from "./reactions/repository.ts";

/** Everything a request handler may use, already connected. */
export type Services = {
	archive: Archive;
	comments: CommentRepository;
	reactions: ReactionRepository;
	judge: Judge;
	/** Key of signed cookies and tokens; null until the deployment has one. */
	signingSecret: string | null;
	/** The time, in epoch milliseconds. */
	now: () => number;
};

const archive = openArchive(manifest, bodies);

/** Connects the domain to this deployment's database and secrets. */
export function servicesFrom(env: Env, now: () => number = Date.now): Services {
	const comments = commentRepository(env.DB);
	return {
		archive,
		comments,
		reactions: reactionRepository(env.DB),
		judge: judgeBy(archive.site.comments.moderation, comments),
		signingSecret: env.SIGNING_SECRET ?? null,
		now,
	};
}
