import type { D1Database } from "@cloudflare/workers-types";
import { bodies, manifest, posts } from "#content";
import type { AuthorshipRepository } from "./comments/authorship.ts";
import { keyedDigest } from "./comments/digest.ts";
import { authorsNames, type NameKeys } from "./comments/names.ts";
import type { NetworkKeys } from "./comments/network.ts";
import type { Retention } from "./comments/retention.ts";
import type { Judge } from "./comments/submit.ts";
import type { VisitorRepository } from "./comments/visitors.ts";
import { authorshipRepository } from "./db/authorship.ts";
import { commentRepository } from "./db/comments.ts";
import { decisionLog } from "./db/decisions.ts";
import { deskRepository } from "./db/desk.ts";
import { historyReader } from "./db/history.ts";
import { identityRepository } from "./db/identities.ts";
import { lessonRepository } from "./db/lessons.ts";
import { localMailRepository } from "./db/local-mails.ts";
import { memberRepository } from "./db/members.ts";
import { networkKeyRepository } from "./db/network-keys.ts";
import { outboxRepository } from "./db/outbox.ts";
import { peopleRepository } from "./db/people.ts";
import { reactionRepository } from "./db/reactions.ts";
import { sessionAt } from "./db/reading.ts";
import { receiptRepository } from "./db/receipts.ts";
import { rejudgingRepository } from "./db/rejudgings.ts";
import { retentionRepository } from "./db/retention.ts";
import { sessionRepository } from "./db/sessions.ts";
import { spentTokenRepository } from "./db/spent-tokens.ts";
import { staleRepository } from "./db/stale.ts";
import { standardsRepository } from "./db/standards.ts";
import { subscriptionRepository } from "./db/subscriptions.ts";
import { threadRepository } from "./db/threads.ts";
import { verificationRepository } from "./db/verifications.ts";
import { visitorRepository } from "./db/visitors.ts";
import type { Env } from "./env.ts";
import type { Purge } from "./freshness/flush.ts";
import type { Reading } from "./freshness/reading.ts";
import type { StaleRepository } from "./freshness/repository.ts";
import type { IdentityRepository } from "./identities/identity.ts";
import type { Passkeys } from "./members/passkey.ts";
import type { MemberRepository, SessionRepository, SpentTokens } from "./members/repository.ts";
import type { Hands } from "./moderation/acts.ts";
import { floodGauge, judgeBy, type OverLimit } from "./moderation/judge.ts";
import type { LessonRepository } from "./moderation/learning.ts";
import { type JudgeAgain, judgeAgainBy } from "./moderation/rejudging.ts";
import { standardsOf } from "./moderation/standards.ts";
import type { Announcing } from "./notifications/announce.ts";
import type { Hearing } from "./notifications/hearing.ts";
import type { LocalMails } from "./notifications/local-mails.ts";
import { type AccessGate, accessGate } from "./platform/access.ts";
import { akismetBy } from "./platform/akismet.ts";
import { claimSigner } from "./platform/claims.ts";
import { edgeCachePurge } from "./platform/edge-cache.ts";
import { movedBodies } from "./platform/moved-bodies.ts";
import { passkeysByWebAuthn } from "./platform/passkeys.ts";
import { type Limiter, limiterBy } from "./platform/rate-limiter.ts";
import { type Turnstile, turnstileBy } from "./platform/turnstile.ts";
import { type Archive, openArchive } from "./posts/archive.ts";
import type { ReadText } from "./posts/bodies.ts";
import { encodePath } from "./posts/paths.ts";
import { openIndex } from "./posts/post-index.ts";
import type { Site } from "./posts/site.ts";
import type { ReactionRepository } from "./reactions/repository.ts";
import { waysOut } from "./ways-out.ts";

/** What is kept in the database and asked for by requests. */
export type Store = Hands & {
	authorship: AuthorshipRepository;
	visitors: VisitorRepository;
	reactions: ReactionRepository;
	members: MemberRepository;
	sessions: SessionRepository;
	spentTokens: SpentTokens;
	identities: IdentityRepository;
	/** Hearing back by mail; null where no mail can be sent. */
	hearing: Hearing | null;
};

/** Everything a request handler may use, already connected; what is in the database is the primary's. */
export type Services = Store & {
	archive: Archive;
	/** The same in one session that begins at another copy of the database. */
	storeAt: (reading: Reading) => Store & Pick<Services, "bookmark">;
	/** What to read at to see all that the session has seen and written; null outside of one, or before its first query. */
	bookmark: () => string | null;
	/** Remembers for the isolate's life what the classifier has learnt, and so is no session's. */
	judge: Judge;
	/** The rules as they judge what has been here for long. */
	judgeAgain: JudgeAgain;
	/** Whether so many comments come that all of them wait, at an instant in epoch milliseconds. */
	isFlooded: (now: number) => Promise<boolean>;
	/** Cloudflare's Turnstile, where the deployment has it. */
	turnstile: Turnstile | null;
	/** What decisions teach the rules. */
	lessons: LessonRepository;
	/** Remembers the day's key for the isolate's life. */
	networkKeys: NetworkKeys;
	retention: Retention;
	passkeys: Passkeys;
	/** Cloudflare Access, where the deployment is behind it. */
	access: AccessGate | null;
	signInLimiter: Limiter;
	mailLimiter: Limiter;
	/** The outbox and the ways out of it. */
	announcing: Announcing;
	/** Whether a name is one of those who write the blog. */
	isAuthorsName: (keys: NameKeys, now: number) => Promise<boolean>;
	/** Mails kept instead of sent; null but in development. */
	localMails: LocalMails | null;
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
	const site = siteIn(env);
	const archive = openArchive({ ...manifest, site }, openIndex(posts), bodyReader(env));
	const localMails = env.DEVELOPMENT === "1" ? localMailRepository(env.DB) : null;
	const history = historyReader(env.DB);
	const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET: turnstileSecret } = env;
	const turnstile = siteKey && turnstileSecret ? turnstileBy(siteKey, turnstileSecret) : null;
	const bySite = standardsOf(site, turnstile !== null);
	const { SIGNING_SECRET: secret } = env;
	const { channels, owner, canMail, moderationLinks } = waysOut(env, site, localMails);
	const hearingSecret = canMail ? (secret ?? null) : null;
	const store = storeIn(env.DB, hearingSecret);
	return {
		...store,
		archive,
		storeAt(reading) {
			const { db, bookmark } = sessionAt(env.DB, reading);
			return { ...storeIn(db, hearingSecret), bookmark };
		},
		bookmark: () => null,
		judge: judgeBy(bySite, history, languagesIn(archive), {
			isOverLimit: overLimitBy(env),
			secondOpinion: env.AKISMET_KEY ? akismetBy(env.AKISMET_KEY, askingBlogOf(archive)) : null,
		}),
		judgeAgain: judgeAgainBy(bySite, history, languagesIn(archive)),
		isFlooded: floodGauge(bySite, history),
		turnstile,
		lessons: lessonRepository(env.DB),
		networkKeys: networkKeyRepository(env.DB),
		retention: retentionRepository(env.DB),
		passkeys: passkeysByWebAuthn(),
		access: accessGate(env),
		signInLimiter: limiterBy(env.SIGN_IN_LIMIT),
		mailLimiter: limiterBy(env.MAIL_LIMIT),
		announcing: {
			outbox: outboxRepository(env.DB),
			channels,
			audience: {
				ownerChannels: channels.map(({ name }) => name).filter((name) => name !== "mail" || owner !== null),
				readers: store.hearing !== null,
				owner: site.notifications.owner,
				digestAfter: site.notifications.digestMinutes * 60_000,
			},
			archive,
			moderationLinks,
		},
		isAuthorsName: authorsNames(archive),
		localMails,
		signingSecret: env.SIGNING_SECRET ?? null,
		inviteSecret: env.INVITE_SECRET ?? null,
		stale: staleRepository(env.DB),
		now: Date.now,
		wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
	};
}

/** Connecting all of it takes a hundredth of a millisecond, so that each session has its own; nothing in it remembers. */
function storeIn(db: D1Database, hearingSecret: string | null): Store {
	return {
		comments: commentRepository(db),
		authorship: authorshipRepository(db),
		visitors: visitorRepository(db),
		reactions: reactionRepository(db),
		standards: standardsRepository(db),
		desk: deskRepository(db),
		log: decisionLog(db),
		threads: threadRepository(db),
		people: peopleRepository(db),
		rejudging: rejudgingRepository(db),
		members: memberRepository(db),
		sessions: sessionRepository(db),
		spentTokens: spentTokenRepository(db),
		identities: identityRepository(db),
		hearing: hearingSecret === null ? null : hearingBy(db, hearingSecret),
	};
}

/** What it takes for readers to hear back, where mail can be sent and links signed. */
function hearingBy(db: D1Database, secret: string): Hearing {
	const mailboxOf = (email: string) => keyedDigest(email, `mailbox:${secret}`);
	return {
		subscriptions: subscriptionRepository(db, mailboxOf),
		receipts: receiptRepository(db, mailboxOf),
		verifications: verificationRepository(db, mailboxOf),
		claims: claimSigner(secret),
	};
}

/** Asks the rate limiter about a network. Where it fails, as where there is none, the database's own count has to do. */
function overLimitBy({ COMMENT_LIMIT }: Env): OverLimit {
	const limiter = limiterBy(COMMENT_LIMIT);
	return async (network) => {
		try {
			return !(await limiter(network));
		} catch (error) {
			console.error(JSON.stringify({ event: "the rate limiter failed", error: String(error) }));
			return false;
		}
	};
}

/** The site as it is reached: in development that is not where its readers will find it. */
function siteIn({ DEVELOPMENT, LOCAL_URL: url }: Env): Site {
	return DEVELOPMENT === "1" && url ? { ...manifest.site, url } : manifest.site;
}

/** The blog as others are told of it who are asked about a comment. */
const askingBlogOf = (archive: Archive) => ({
	url: archive.site.url,
	languages: archive.writtenIn(),
	addressOf: (postId: string, now: number) =>
		archive.site.url + encodePath(archive.byId(postId, now)?.path ?? "/"),
});

/** The languages a comment may well be in. */
const languagesIn = (archive: Archive) => (postId: string, now: number) => ({
	post: archive.byId(postId, now)?.lang ?? archive.site.language,
	site: archive.writtenIn(),
});

/** What is bundled is at hand; what is not is read when it is asked for. */
function bodyReader({ ASSETS }: Env): ReadText {
	if ("moved" in bodies) return movedBodies(bodies.moved, ASSETS);
	const { bundled } = bodies;
	return async () => bundled;
}
