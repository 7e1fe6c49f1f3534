import type { D1Database } from "@cloudflare/workers-types";
import { bodies, manifest, posts, search } from "#content";
import type { Consistency } from "./caching/consistency.ts";
import type { Caching } from "./caching/invalidation.ts";
import { keyedDigest } from "./comments/digest.ts";
import type { NameSkeletons } from "./comments/names.ts";
import type { NetworkKeys } from "./comments/network.ts";
import type { OwnCommentRepository } from "./comments/own-comments.ts";
import type { ReportRepository } from "./comments/reports.ts";
import type { CommentRepository } from "./comments/repository.ts";
import type { RetentionRepository } from "./comments/retention.ts";
import type { Judge } from "./comments/submit.ts";
import type { VisitorRepository } from "./comments/visitors.ts";
import type { WriteCounts } from "./comments/write-limits.ts";
import { meteredDatabase, type StatementUse } from "./db/metering.ts";
import { type DatabaseSession, openSession, outsideSession } from "./db/session.ts";
import type { Env } from "./env.ts";
import type { IdentityRepository } from "./identities/identity.ts";
import { currentUse } from "./invocation.ts";
import { createLog, type Log } from "./log.ts";
import type { Passkeys } from "./members/passkey.ts";
import type { MemberRepository, SessionRepository, UsedTokenRepository } from "./members/repository.ts";
import type { RateLimitCheck } from "./moderation/judge.ts";
import type { ModerationStore } from "./moderation/operations.ts";
import type { RecheckJudge } from "./moderation/recheck.ts";
import type { TrainingRepository } from "./moderation/training.ts";
import { type Counters, createCounters } from "./monitoring/counters.ts";
import type { CronRuns } from "./monitoring/cron-runs.ts";
import { type DatabaseHealth, rememberedCheck } from "./monitoring/health.ts";
import { type PlatformTotals, type PlatformUse, rememberedTotals } from "./monitoring/plan.ts";
import type { MetricsRepository } from "./monitoring/repository.ts";
import type { WarningRepository } from "./monitoring/warnings.ts";
import { type CountWriter, createCountWriter } from "./monitoring/write-counts.ts";
import { connectChannels } from "./notification-channels.ts";
import type { HubPing } from "./notifications/announce-posts.ts";
import type { LocalMails } from "./notifications/local-mails.ts";
import type { Outbox } from "./notifications/outbox.ts";
import type { ReaderNotifications } from "./notifications/reader-notifications.ts";
import type { NotificationSender } from "./notifications/send-notifications.ts";
import { onDemand } from "./on-demand.ts";
import { type AccessGate, accessGate } from "./platform/access.ts";
import { bodyAssetReader } from "./platform/body-assets.ts";
import { edgeCachePurge } from "./platform/edge-cache.ts";
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
	const metrics = onDemand(async () => (await import("./db/metrics.ts")).metricsRepository(env.DB));
	const site = siteFor(env);
	const archive = openArchive({ ...manifest, site }, openIndex(posts), bodyReader(env));
	const localMails = env.DEVELOPMENT === "1" ? connectLocalMails(env.DB) : null;
	const { TURNSTILE_SITE_KEY: siteKey, TURNSTILE_SECRET: turnstileSecret } = env;
	const turnstile = siteKey && turnstileSecret ? turnstileService(siteKey, turnstileSecret) : null;
	const judges = connectJudges(env, archive, turnstile !== null);
	const { SIGNING_SECRET: secret } = env;
	const { channels, owner, canMail, moderationLinks } = connectChannels(env, site, localMails);
	const readerMailSecret = canMail ? (secret ?? null) : null;
	const shared: SharedParts = {
		conversation: {
			retention: onDemand(async () => (await import("./db/retention.ts")).retentionRepository(env.DB)),
			judge: judges.judge,
			isFlooded: judges.isFlooded,
			isAuthorName: judges.isAuthorName,
			turnstile,
			networkKeys: onDemand(async () => (await import("./db/network-keys.ts")).networkKeyRepository(env.DB)),
			// Outside the session: a count is not a change that anybody hears of.
			writeCounts: onDemand(async () => (await import("./db/write-counts.ts")).writeCountRepository(env.DB)),
		},
		moderation: {
			training: onDemand(async () => (await import("./db/training-examples.ts")).trainingRepository(env.DB)),
			recheckJudge: judges.recheckJudge,
		},
		identity: {
			passkeys: onDemand(async () => (await import("./platform/passkeys.ts")).webAuthnPasskeys()),
			access: accessGate(env),
			signInLimiter: rateLimiter(env.SIGN_IN_LIMIT),
		},
		mail: {
			notifications: {
				outbox: onDemand(async () => (await import("./db/outbox.ts")).outboxRepository(env.DB)),
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
		caching: {
			pendingPurges: onDemand(async () =>
				(await import("./db/pending-purges.ts")).pendingPurgeRepository(env.DB),
			),
			cachedPages: onDemand(async () => (await import("./db/cached-pages.ts")).cachedPageRepository(env.DB)),
			deployment: deploymentOf(env, readerMailSecret !== null),
		},
		clock: {
			now: Date.now,
			wait: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, true)),
		},
		secrets: {
			signing: env.SIGNING_SECRET ?? null,
			invite: env.INVITE_SECRET ?? null,
			metrics: env.METRICS_TOKEN || null,
		},
		redirects: onDemand(async () => (await import("./db/redirects.ts")).redirectRepository(env.DB)),
		monitoring: {
			databaseHealth: rememberedCheck(async () => {
				const { databaseCheck } = await import("./db/health.ts");
				const logFailure = (error: unknown) => createLog("readyz")("the database failed", { error });
				return databaseCheck(env.DB, logFailure)();
			}),
			cronRuns: onDemand(async () => (await import("./db/cron-runs.ts")).cronRunRepository(env.DB)),
			count: counters.count,
			writer: createCountWriter(counters, metrics),
			metrics,
			warnings: onDemand(async () => (await import("./db/warnings.ts")).warningRepository(env.DB)),
			platformUse: rememberedTotals(totalsReader(env), (error) =>
				createLog("analytics")("Cloudflare's analytics failed", { error }),
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
	const comments = onDemand(async () => (await import("./db/comments.ts")).commentRepository(db));
	return {
		conversation: {
			...shared.conversation,
			comments,
			ownComments: onDemand(async () => (await import("./db/own-comments.ts")).ownCommentRepository(db)),
			visitors: onDemand(async () => (await import("./db/visitors.ts")).visitorRepository(db)),
			reactions: onDemand(async () => (await import("./db/reactions.ts")).reactionRepository(db)),
			reports: onDemand(async () => (await import("./db/reports.ts")).reportRepository(db)),
		},
		moderation: {
			...shared.moderation,
			changes: onDemand(async () => (await import("./db/changes.ts")).changeRepository(db)),
			comments,
			queue: onDemand(async () => (await import("./db/moderation-queue.ts")).moderationQueueRepository(db)),
			log: onDemand(async () => (await import("./db/audit-log.ts")).auditLogRepository(db)),
			threads: onDemand(async () => (await import("./db/threads.ts")).threadRepository(db)),
			blocks: onDemand(async () => (await import("./db/blocks.ts")).blockRepository(db)),
			settings: onDemand(async () => (await import("./db/settings.ts")).settingsRepository(db)),
			pauses: onDemand(async () => (await import("./db/pauses.ts")).pauseRepository(db)),
			commenters: onDemand(async () => (await import("./db/commenters.ts")).commenterRepository(db)),
			rechecks: onDemand(async () => (await import("./db/rechecks.ts")).recheckRepository(db)),
		},
		identity: {
			...shared.identity,
			members: onDemand(async () => (await import("./db/members.ts")).memberRepository(db)),
			sessions: onDemand(async () => (await import("./db/member-sessions.ts")).sessionRepository(db)),
			identities: onDemand(async () => (await import("./db/identities.ts")).identityRepository(db)),
			usedTokens: onDemand(async () => (await import("./db/used-tokens.ts")).usedTokenRepository(db)),
		},
		mail: {
			...shared.mail,
			outbox: onDemand(async () => (await import("./db/outbox.ts")).outboxRepository(db)),
			readerNotifications: readerMailSecret === null ? null : readerNotificationsFor(db, readerMailSecret),
		},
		...session,
	};
}

/** Connects the checks of new and stored comments, which nobody needs before somebody comments. */
function connectJudges(env: Env, archive: Archive, hasTurnstile: boolean) {
	return onDemand(async () => {
		const [{ evidenceReader }, { createFloodCheck, createJudge }, { policyOf }, recheck, names, akismet] =
			await Promise.all([
				import("./db/evidence.ts"),
				import("./moderation/judge.ts"),
				import("./moderation/policy.ts"),
				import("./moderation/recheck.ts"),
				import("./comments/names.ts"),
				import("./platform/akismet.ts"),
			]);
		const evidence = evidenceReader(env.DB);
		const policy = policyOf(archive.site, hasTurnstile);
		const languages = languagesIn(archive);
		const spamService = env.AKISMET_KEY
			? akismet.akismetService(env.AKISMET_KEY, akismetBlogOf(archive))
			: null;
		return {
			judge: createJudge(policy, evidence, languages, { isOverLimit: rateLimitCheck(env), spamService }),
			isFlooded: createFloodCheck(policy, evidence),
			isAuthorName: names.createAuthorNameCheck(archive),
			recheckJudge: recheck.createRecheckJudge(policy, evidence, languages),
		};
	});
}

/** Returns the reader of the account's use as Cloudflare counts it; null where it is not configured. */
function totalsReader(env: Env): PlatformTotals | null {
	const { CLOUDFLARE_ACCOUNT_ID: account, CLOUDFLARE_ANALYTICS_TOKEN: token } = env;
	if (!account || !token) return null;
	return async (date) => {
		const { cloudflareAnalytics } = await import("./platform/cloudflare-analytics.ts");
		return cloudflareAnalytics({ account, token })(date);
	};
}

/** Connects the mails that are stored in development. */
function connectLocalMails(db: D1Database): LocalMails {
	const mails = onDemand(async () => {
		const { mailer, latest, find } = (await import("./db/local-mails.ts")).localMailRepository(db);
		return { send: mailer.send, latest, find };
	});
	return { mailer: { isIdempotent: true, send: mails.send }, latest: mails.latest, find: mails.find };
}

/** Connects what mails to readers need; used where mail can be sent and links signed. */
function readerNotificationsFor(db: D1Database, secret: string): ReaderNotifications {
	const mailboxDigest = async (email: string) => {
		const { mailboxOf } = await import("./notifications/subscription.ts");
		return keyedDigest(mailboxOf(email), `mailbox:${secret}`);
	};
	return {
		subscriptions: onDemand(async () =>
			(await import("./db/subscriptions.ts")).subscriptionRepository(db, mailboxDigest),
		),
		receipts: onDemand(async () =>
			(await import("./db/comment-receipts.ts")).commentReceiptRepository(db, mailboxDigest),
		),
		verifications: onDemand(async () =>
			(await import("./db/verifications.ts")).verificationRepository(db, mailboxDigest),
		),
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

/**
 * Returns the deployment that renders pages: the version, which every deployment and secret changes on Cloudflare, and whether
 * readers can be mailed, which a server of one's own is told apart from it. Null in development, where code changes under one
 * version.
 */
function deploymentOf({ CF_VERSION_METADATA, DEVELOPMENT }: Env, canMail: boolean): string | null {
	if (DEVELOPMENT === "1" || !CF_VERSION_METADATA?.id) return null;
	return `${CF_VERSION_METADATA.id} ${canMail ? "mail" : "no-mail"}`;
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
