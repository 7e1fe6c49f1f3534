import type { D1Database } from "@cloudflare/workers-types";
import { bodies, manifest, posts, search } from "#content";
import type { Consistency } from "./caching/consistency.ts";
import type { Caching } from "./caching/invalidation.ts";
import { keyedDigest } from "./comments/digest.ts";
import { createAuthorNameCheck, type NameSkeletons } from "./comments/names.ts";
import type { NetworkKeys } from "./comments/network.ts";
import type { OwnCommentRepository } from "./comments/own-comments.ts";
import type { ReportRepository } from "./comments/reports.ts";
import type { CommentRepository } from "./comments/repository.ts";
import type { RetentionRepository } from "./comments/retention.ts";
import type { Judge } from "./comments/submit.ts";
import type { VisitorRepository } from "./comments/visitors.ts";
import type { WriteCounts } from "./comments/write-limits.ts";
import { auditLogRepository } from "./db/audit-log.ts";
import { blockRepository } from "./db/blocks.ts";
import { changeRepository } from "./db/changes.ts";
import { commentReceiptRepository } from "./db/comment-receipts.ts";
import { commenterRepository } from "./db/commenters.ts";
import { commentRepository } from "./db/comments.ts";
import { cronRunRepository } from "./db/cron-runs.ts";
import { evidenceReader } from "./db/evidence.ts";
import { databaseCheck } from "./db/health.ts";
import { identityRepository } from "./db/identities.ts";
import { localMailRepository } from "./db/local-mails.ts";
import { sessionRepository } from "./db/member-sessions.ts";
import { memberRepository } from "./db/members.ts";
import { meteredDatabase, type StatementUse } from "./db/metering.ts";
import { metricsRepository } from "./db/metrics.ts";
import { moderationQueueRepository } from "./db/moderation-queue.ts";
import { networkKeyRepository } from "./db/network-keys.ts";
import { outboxRepository } from "./db/outbox.ts";
import { ownCommentRepository } from "./db/own-comments.ts";
import { pauseRepository } from "./db/pauses.ts";
import { pendingPurgeRepository } from "./db/pending-purges.ts";
import { reactionRepository } from "./db/reactions.ts";
import { recheckRepository } from "./db/rechecks.ts";
import { redirectRepository } from "./db/redirects.ts";
import { reportRepository } from "./db/reports.ts";
import { retentionRepository } from "./db/retention.ts";
import { type DatabaseSession, openSession, outsideSession } from "./db/session.ts";
import { settingsRepository } from "./db/settings.ts";
import { subscriptionRepository } from "./db/subscriptions.ts";
import { threadRepository } from "./db/threads.ts";
import { trainingRepository } from "./db/training-examples.ts";
import { usedTokenRepository } from "./db/used-tokens.ts";
import { verificationRepository } from "./db/verifications.ts";
import { visitorRepository } from "./db/visitors.ts";
import { warningRepository } from "./db/warnings.ts";
import { writeCountRepository } from "./db/write-counts.ts";
import type { Env } from "./env.ts";
import type { IdentityRepository } from "./identities/identity.ts";
import { currentUse } from "./invocation.ts";
import { createLog, type Log } from "./log.ts";
import type { Passkeys } from "./members/passkey.ts";
import type { MemberRepository, SessionRepository, UsedTokenRepository } from "./members/repository.ts";
import { createFloodCheck, createJudge, type RateLimitCheck } from "./moderation/judge.ts";
import type { ModerationStore } from "./moderation/operations.ts";
import { policyOf } from "./moderation/policy.ts";
import { createRecheckJudge, type RecheckJudge } from "./moderation/recheck.ts";
import type { TrainingRepository } from "./moderation/training.ts";
import { type Counters, createCounters } from "./monitoring/counters.ts";
import type { CronRuns } from "./monitoring/cron-runs.ts";
import { type DatabaseHealth, rememberedCheck } from "./monitoring/health.ts";
import { type PlatformUse, rememberedTotals } from "./monitoring/plan.ts";
import type { MetricsRepository } from "./monitoring/repository.ts";
import type { WarningRepository } from "./monitoring/warnings.ts";
import { type CountWriter, createCountWriter } from "./monitoring/write-counts.ts";
import { connectChannels } from "./notification-channels.ts";
import type { HubPing } from "./notifications/announce-posts.ts";
import type { LocalMails } from "./notifications/local-mails.ts";
import type { Outbox } from "./notifications/outbox.ts";
import type { ReaderNotifications } from "./notifications/reader-notifications.ts";
import type { NotificationSender } from "./notifications/send-notifications.ts";
import { mailboxOf } from "./notifications/subscription.ts";
import { type AccessGate, accessGate } from "./platform/access.ts";
import { akismetService } from "./platform/akismet.ts";
import { bodyAssetReader } from "./platform/body-assets.ts";
import { cloudflareAnalytics } from "./platform/cloudflare-analytics.ts";
import { edgeCachePurge } from "./platform/edge-cache.ts";
import { webAuthnPasskeys } from "./platform/passkeys.ts";
import { type RateLimiter, rateLimiter } from "./platform/rate-limiter.ts";
import { searchAssetReader } from "./platform/search-assets.ts";
import { type Turnstile, turnstileService } from "./platform/turnstile.ts";
import { pingHub } from "./platform/websub.ts";
import { type Archive, openArchive } from "./posts/archive.ts";
import type { ReadChunk } from "./posts/bodies.ts";
import { lazy } from "./posts/lazy.ts";
import { encodePath } from "./posts/paths.ts";
import { openIndex } from "./posts/post-index.ts";
import type { RedirectRepository } from "./posts/redirects.ts";
import type { Site } from "./posts/site.ts";
import type { ReactionRepository } from "./reactions/repository.ts";
import type { SearchIndexFiles } from "./search/index-files.ts";
import type { Search } from "./search/search.ts";

/** Comments, their visitors and reactions, and the checks on new ones. */
export type Conversation = {
	comments: CommentRepository;
	ownComments: OwnCommentRepository;
	visitors: VisitorRepository;
	reactions: ReactionRepository;
	writeCounts: WriteCounts;
	reports: ReportRepository;
	retention: RetentionRepository;
	/** Caches the classifier's model for the isolate's life, and so belongs to no session. */
	judge: Judge;
	/** Whether so many comments arrive that all are held, at a time in epoch milliseconds. */
	isFlooded: (now: number) => Promise<boolean>;
	/** Whether a name looks like that of one of the blog's authors. */
	isAuthorName: (skeletons: NameSkeletons, now: number) => Promise<boolean>;
	/** Null unless Turnstile is configured. */
	turnstile: Turnstile | null;
	/** Caches the day's key for the isolate's life. */
	networkKeys: NetworkKeys;
};

/** The repositories that moderators change, the training on their decisions, and the recheck of stored comments. */
export type Moderation = ModerationStore & {
	training: TrainingRepository;
	/** Judges stored comments again. */
	recheckJudge: RecheckJudge;
};

/** Members with their sessions and passkeys, readers' verified names, and single-use tokens. */
export type IdentityServices = {
	members: MemberRepository;
	sessions: SessionRepository;
	passkeys: Passkeys;
	/** Null unless Cloudflare Access is configured. */
	access: AccessGate | null;
	signInLimiter: RateLimiter;
	identities: IdentityRepository;
	usedTokens: UsedTokenRepository;
};

/** Notifications to the owner and to readers. */
export type MailServices = {
	/** Null if the deployment cannot send mail. */
	readerNotifications: ReaderNotifications | null;
	/** The stored notices, for the admin. */
	outbox: Outbox;
	notifications: NotificationSender;
	mailLimiter: RateLimiter;
	/** Mails stored instead of sent; null except in development. */
	localMails: LocalMails | null;
};

/** The state of the deployment, for its operator. */
export type Monitoring = {
	/** Checks the database, or returns what a check found within the last ten seconds. */
	databaseHealth: (now: number) => Promise<DatabaseHealth>;
	cronRuns: CronRuns;
	/** Counts in this isolate what the figures are made of. */
	count: Counters["count"];
	/** Stores the isolate's counts. */
	writer: CountWriter;
	metrics: MetricsRepository;
	warnings: WarningRepository;
	/** Returns the account's use of this day's limits as the platform counts it; null where it is not asked, or fails. */
	platformUse: (now: number) => Promise<PlatformUse | null>;
	/** Returns the bytes of the database after the last statement; null before any. */
	databaseSize: () => number | null;
	/** Id of the deployed version; null where the platform does not tell. */
	version: string | null;
};

/** The time, which tests set. */
export type Clock = {
	/** Returns the time in epoch milliseconds. */
	now: () => number;
	/** Resolves to true after a number of milliseconds, or at once to false if nobody can wait for so long. */
	wait: (milliseconds: number) => Promise<boolean>;
};

/** The deployment's secrets. */
export type Secrets = {
	/** Signs cookies and tokens; null until the deployment has it. */
	signing: string | null;
	/** Signs invitations; null until the deployment has it. */
	invite: string | null;
	/** Token that `/metrics` asks for; null for no such page. */
	metrics: string | null;
};

/** The parts whose repositories belong to a D1 session, with its bookmark. */
export type Store = {
	conversation: Conversation;
	moderation: Moderation;
	identity: IdentityServices;
	mail: MailServices;
	/** Returns the session's bookmark; null outside a session, or before its first query. */
	bookmark: () => string | null;
	/** Returns how many statements the session has prepared; none outside a session. */
	statementCount: () => number;
	/** Whether a statement of the session has changed a row; true outside a session, where nobody counts. */
	hasChanged: () => boolean;
};

/** The services of a request in parts, of which each handler takes its own. Repositories read from the primary database. */
export type Services = Store & {
	archive: Archive;
	/** Opens the search, of which nothing is loaded before somebody searches. */
	search: () => Promise<Search>;
	caching: Caching;
	clock: Clock;
	/** Writes to the log under the request's id. */
	log: Log;
	secrets: Secrets;
	monitoring: Monitoring;
	/** Redirects that were made in the admin. */
	redirects: RedirectRepository;
	/** Tells a WebSub hub of feeds that have changed. */
	pingHub: HubPing;
	/** Returns when this version of the blog was deployed (epoch milliseconds), or else when it first answered here. */
	deployedAt: (now: number) => number;
	/** Opens the repositories in one D1 session, which may read from a replica. */
	openStore: (consistency: Consistency) => Store;
};

/** The services shared by all requests of one environment, which lives as long as the isolate. */
type SharedServices = Omit<Services, "caching" | "log"> & { caching: Omit<Caching, "purge"> };

const connected = new WeakMap<Env, SharedServices>();

/** Connects the domain to this deployment's database, secrets and cache. */
export function servicesFrom(env: Env, context: object, log: Log): Services {
	const services = connected.get(env) ?? connect(env);
	connected.set(env, services);
	const { count } = services.monitoring;
	const countingLog: Log = Object.assign(
		(...[event, details]: Parameters<Log>) => {
			count("errors", event.slice(0, eventLength));
			count("error_requests", `${event.slice(0, eventLength)} ${log.requestId ?? ""}`);
			log(event, details);
		},
		{ requestId: log.requestId },
	);
	const purge = edgeCachePurge(context, countingLog);
	const countingPurge: typeof purge = async (how, tags) => {
		const isPurged = await purge(how, tags);
		count("purges", isPurged ? "ok" : "refused");
		return isPurged;
	};
	return { ...services, log: countingLog, caching: { ...services.caching, purge: countingPurge } };
}

/** Characters of an event by which failures are counted. */
const eventLength = 80;

function connect(given: Env): SharedServices {
	const counters = createCounters();
	let databaseSize: number | null = null;
	const note = (use: StatementUse) => {
		noteUse(use);
		counters.count("statements");
		counters.count("rows_read", "", use.rowsRead);
		counters.count("rows_written", "", use.rowsWritten);
		databaseSize = use.size ?? databaseSize;
	};
	const env = { ...given, DB: meteredDatabase(given.DB, note) };
	const metrics = metricsRepository(env.DB);
	const site = siteFor(env);
	const archive = openArchive({ ...manifest, site }, openIndex(posts), bodyReader(env));
	const localMails = env.DEVELOPMENT === "1" ? localMailRepository(env.DB) : null;
	const evidence = evidenceReader(env.DB);
	const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET: turnstileSecret } = env;
	const turnstile = siteKey && turnstileSecret ? turnstileService(siteKey, turnstileSecret) : null;
	const sitePolicy = policyOf(site, turnstile !== null);
	const { SIGNING_SECRET: secret } = env;
	const { channels, owner, canMail, moderationLinks } = connectChannels(env, site, localMails);
	const readerMailSecret = canMail ? (secret ?? null) : null;
	const shared: SharedParts = {
		conversation: {
			retention: retentionRepository(env.DB),
			judge: createJudge(sitePolicy, evidence, languagesIn(archive), {
				isOverLimit: rateLimitCheck(env),
				spamService: env.AKISMET_KEY ? akismetService(env.AKISMET_KEY, akismetBlogOf(archive)) : null,
			}),
			isFlooded: createFloodCheck(sitePolicy, evidence),
			isAuthorName: createAuthorNameCheck(archive),
			turnstile,
			networkKeys: networkKeyRepository(env.DB),
			// Outside the session: a count is not a change that anybody hears of.
			writeCounts: writeCountRepository(env.DB),
		},
		moderation: {
			training: trainingRepository(env.DB),
			recheckJudge: createRecheckJudge(sitePolicy, evidence, languagesIn(archive)),
		},
		identity: {
			passkeys: webAuthnPasskeys(),
			access: accessGate(env),
			signInLimiter: rateLimiter(env.SIGN_IN_LIMIT),
		},
		mail: {
			notifications: {
				outbox: outboxRepository(env.DB),
				channels,
				audience: {
					ownerChannels: channels.map(({ name }) => name).filter((name) => name !== "mail" || owner !== null),
					ownerEmail: owner,
					readers: readerMailSecret !== null,
					owner: site.notifications.owner,
					digestInterval: site.notifications.digestMinutes * 60_000,
					noticesPerDay: site.limits.notice.perDay,
				},
				archive,
				moderationLinks,
			},
			mailLimiter: rateLimiter(env.MAIL_LIMIT),
			localMails,
		},
	};
	return {
		...connectStore(outsideSession(env.DB), shared, readerMailSecret),
		archive,
		search: searchOpener(env, archive),
		deployedAt: deploymentTime(env),
		pingHub,
		openStore(consistency) {
			return connectStore(openSession(env.DB, consistency), shared, readerMailSecret);
		},
		caching: { pendingPurges: pendingPurgeRepository(env.DB) },
		clock: {
			now: Date.now,
			wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, true)),
		},
		secrets: {
			signing: env.SIGNING_SECRET ?? null,
			invite: env.INVITE_SECRET ?? null,
			metrics: env.METRICS_TOKEN || null,
		},
		redirects: redirectRepository(env.DB),
		monitoring: {
			databaseHealth: rememberedCheck(
				databaseCheck(env.DB, (error) => createLog("readyz")("the database failed", { error })),
			),
			cronRuns: cronRunRepository(env.DB),
			count: counters.count,
			writer: createCountWriter(counters, metrics),
			metrics,
			warnings: warningRepository(env.DB),
			platformUse: rememberedTotals(
				env.CLOUDFLARE_ACCOUNT_ID && env.CLOUDFLARE_ANALYTICS_TOKEN
					? cloudflareAnalytics({
							account: env.CLOUDFLARE_ACCOUNT_ID,
							token: env.CLOUDFLARE_ANALYTICS_TOKEN,
						})
					: null,
				(error) => createLog("analytics")("Cloudflare's analytics failed", { error }),
			),
			databaseSize: () => databaseSize,
			version: env.CF_VERSION_METADATA?.id ?? null,
		},
	};
}

/** Adds a statement to the use of the invocation that runs it. */
function noteUse({ rowsRead, rowsWritten }: StatementUse): void {
	const use = currentUse();
	if (use === null) return;
	use.statements += 1;
	use.rowsRead += rowsRead;
	use.rowsWritten += rowsWritten;
}

/** The services of each part that belong to no session: the isolate's caches, external services, readers of the primary. */
type SharedParts = {
	conversation: Pick<
		Conversation,
		"retention" | "judge" | "isFlooded" | "isAuthorName" | "turnstile" | "networkKeys" | "writeCounts"
	>;
	moderation: Pick<Moderation, "training" | "recheckJudge">;
	identity: Pick<IdentityServices, "passkeys" | "access" | "signInLimiter">;
	mail: Omit<MailServices, "readerNotifications" | "outbox">;
};

/** Connects the repositories to a database or session. Takes 0.01 ms, so that each session has its own; all are stateless. */
function connectStore(
	{ db, ...session }: DatabaseSession,
	shared: SharedParts,
	readerMailSecret: string | null,
): Store {
	const comments = commentRepository(db);
	return {
		conversation: {
			...shared.conversation,
			comments,
			ownComments: ownCommentRepository(db),
			visitors: visitorRepository(db),
			reactions: reactionRepository(db),
			reports: reportRepository(db),
		},
		moderation: {
			...shared.moderation,
			changes: changeRepository(db),
			comments,
			queue: moderationQueueRepository(db),
			log: auditLogRepository(db),
			threads: threadRepository(db),
			blocks: blockRepository(db),
			settings: settingsRepository(db),
			pauses: pauseRepository(db),
			commenters: commenterRepository(db),
			rechecks: recheckRepository(db),
		},
		identity: {
			...shared.identity,
			members: memberRepository(db),
			sessions: sessionRepository(db),
			identities: identityRepository(db),
			usedTokens: usedTokenRepository(db),
		},
		mail: {
			...shared.mail,
			outbox: outboxRepository(db),
			readerNotifications: readerMailSecret === null ? null : readerNotificationsFor(db, readerMailSecret),
		},
		...session,
	};
}

/** Connects what mails to readers need; used where mail can be sent and links signed. */
function readerNotificationsFor(db: D1Database, secret: string): ReaderNotifications {
	const mailboxDigest = (email: string) => keyedDigest(mailboxOf(email), `mailbox:${secret}`);
	return {
		subscriptions: subscriptionRepository(db, mailboxDigest),
		receipts: commentReceiptRepository(db, mailboxDigest),
		verifications: verificationRepository(db, mailboxDigest),
	};
}

/** Checks a network against the rate limiter. If that fails, or is not configured, the database's own count applies. */
function rateLimitCheck({ COMMENT_LIMIT }: Env): RateLimitCheck {
	const limiter = rateLimiter(COMMENT_LIMIT);
	return async (network, log) => {
		try {
			return !(await limiter(network));
		} catch (error) {
			log("the rate limiter failed", { error });
			return false;
		}
	};
}

/** Returns the clock of the deployment. The platform tells when it was; a server of one's own may not. */
function deploymentTime({ CF_VERSION_METADATA }: Env): Services["deployedAt"] {
	let known = Date.parse(CF_VERSION_METADATA?.timestamp ?? "");
	return (now) => {
		if (Number.isNaN(known)) known = now;
		return Math.min(known, now);
	};
}

/** Returns the site's settings, in development with the URL of the local server. */
function siteFor({ DEVELOPMENT, LOCAL_URL: url }: Env): Site {
	return DEVELOPMENT === "1" && url ? { ...manifest.site, url } : manifest.site;
}

/** Describes the blog to Akismet. */
const akismetBlogOf = (archive: Archive) => ({
	url: archive.site.url,
	languages: archive.allLanguages(),
	permalinkOf: (postId: string, now: number) =>
		archive.site.url + encodePath(archive.findById(postId, now)?.path ?? "/"),
});

/** Returns the languages and scripts expected of a comment on a post. */
const languagesIn = (archive: Archive) => (postId: string, now: number) => ({
	post: archive.findById(postId, now)?.lang ?? archive.site.language,
	site: archive.allLanguages(),
	scripts: archive.allScripts(),
});

/** Returns the reader of post bodies, which are bundled with the Worker or read from static assets on demand. */
function bodyReader({ ASSETS }: Env): ReadChunk {
	if ("assets" in bodies) return bodyAssetReader(bodies.assets, ASSETS);
	const { bundled } = bodies;
	return async () => bundled;
}

/** Returns the function that opens the search: its code and the shape of its index are evaluated on first use. */
function searchOpener({ ASSETS }: Env, archive: Archive): Services["search"] {
	const opened = lazy(() => ({
		index: JSON.parse(search) as SearchIndexFiles,
		read: searchAssetReader(ASSETS),
	}));
	return async () => {
		const { openSearch, readIndexFiles } = await import("./search/open.ts");
		const { index, read } = opened();
		return openSearch(archive, index, readIndexFiles(index, read));
	};
}
