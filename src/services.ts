import { bodies, manifest } from "#content";
import type { AuthorshipRepository } from "./comments/authorship.ts";
import type { CommentRepository } from "./comments/repository.ts";
import type { Judge } from "./comments/submit.ts";
import type { VisitorRepository } from "./comments/visitors.ts";
import { authorshipRepository } from "./db/authorship.ts";
import { commentRepository } from "./db/comments.ts";
import { memberRepository } from "./db/members.ts";
import { reactionRepository } from "./db/reactions.ts";
import { sessionRepository } from "./db/sessions.ts";
import { spentTokenRepository } from "./db/spent-tokens.ts";
import { staleRepository } from "./db/stale.ts";
import { visitorRepository } from "./db/visitors.ts";
import type { Env } from "./env.ts";
import type { Purge } from "./freshness/flush.ts";
import type { StaleRepository } from "./freshness/repository.ts";
import type { Passkeys } from "./members/passkey.ts";
import type { MemberRepository, SessionRepository, SpentTokens } from "./members/repository.ts";
import { judgeBy } from "./moderation/judge.ts";
import { type AccessGate, accessGate } from "./platform/access.ts";
import { edgeCachePurge } from "./platform/edge-cache.ts";
import { passkeysByWebAuthn } from "./platform/passkeys.ts";
import { type Limiter, limiterBy } from "./platform/rate-limiter.ts";
import { type Archive, openArchive } from "./posts/archive.ts";
import type { ReactionRepository } from "./reactions/repository.ts";

/** Everything a request handler may use, already connected. */
export type Services = {
	archive: Archive;
	comments: CommentRepository;
	authorship: AuthorshipRepository;
	visitors: VisitorRepository;
	reactions: ReactionRepository;
	judge: Judge;
	members: MemberRepository;
	sessions: SessionRepository;
	spentTokens: SpentTokens;
	passkeys: Passkeys;
	/** Cloudflare Access, where the deployment is behind it. */
	access: AccessGate | null;
	signInLimiter: Limiter;
	/** Key of signed cookies and tokens; null until the deployment has one. */
	signingSecret: string | null;
	/** Key of invitations; null until the deployment has one. */
	inviteSecret: string | null;
	/** Which pages have changed since they were purged. */
	stale: StaleRepository;
	purge: Purge;
	/** The time, in epoch milliseconds. */
	now: () => number;
	/** Resolves after so many milliseconds. */
	wait: (milliseconds: number) => Promise<void>;
};

const archive = openArchive(manifest, bodies);

/** What outlives a request: as long as its environment, which in a Worker is as long as the isolate. */
type Lasting = Omit<Services, "purge">;

const connected = new WeakMap<Env, Lasting>();

/** Connects the domain to this deployment's database, secrets and cache. */
export function servicesFrom(env: Env, context: object): Services {
	const lasting = connected.get(env) ?? connect(env);
	connected.set(env, lasting);
	return { ...lasting, purge: edgeCachePurge(context) };
}

function connect(env: Env): Lasting {
	const comments = commentRepository(env.DB);
	return {
		archive,
		comments,
		authorship: authorshipRepository(env.DB),
		visitors: visitorRepository(env.DB),
		reactions: reactionRepository(env.DB),
		judge: judgeBy(archive.site.comments.moderation, comments),
		members: memberRepository(env.DB),
		sessions: sessionRepository(env.DB),
		spentTokens: spentTokenRepository(env.DB),
		passkeys: passkeysByWebAuthn(),
		access: accessGate(env),
		signInLimiter: limiterBy(env.SIGN_IN_LIMIT),
		signingSecret: env.SIGNING_SECRET ?? null,
		inviteSecret: env.INVITE_SECRET ?? null,
		stale: staleRepository(env.DB),
		now: Date.now,
		wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
	};
}
