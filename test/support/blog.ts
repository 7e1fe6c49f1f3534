import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare, Response as MiniflareResponse } from "miniflare";
import { buildContent } from "../../src/publish/build.ts";
import { formatProblem } from "../../src/publish/problems.ts";
import { type Modules, testWorker, workerOptions } from "./bundle.ts";
import { createEdgeCache, type EdgeCache } from "./edge-cache.ts";
import { migrate } from "./migrate.ts";
import { copyRows, withoutTriggers } from "./replica.ts";

export type Files = Readonly<Record<string, string>>;

export type Blog = {
	readonly origin: string;
	readonly db: D1Database;
	/** The replica's rows, where there is one. */
	readonly replica: D1Database;
	/** Copies the primary to the replica, which is as far behind as its last copy. */
	catchUp(): Promise<void>;
	/** Deploys the Worker anew with these content files: the isolate and the cache begin empty, the database stays. */
	deploy(files: Files): Promise<void>;
	/** Moves the Worker's clock (epoch milliseconds, or an ISO 8601 string). */
	setClock(time: number | string): void;
	/** GET without following redirects. */
	get(path: string, headers?: Record<string, string>): Promise<Response>;
	/** Posts a form as a browser on the site would; `headers` override. */
	post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
	/** A cache in front of the Worker, purged by it; reads through it see what readers would. */
	cache: EdgeCache;
	/** Runs the cron trigger. */
	cron(): Promise<void>;
	/** Where the static assets lie that are served beside the Worker. */
	assets: string;
	/** Every line the Worker has written to its log. */
	log: readonly string[];
	/** The Worker's clock, in epoch milliseconds. */
	readonly now: number;
	stop(): Promise<void>;
};

export type BlogOptions = {
	/** Content files by path; `site.yaml` and the posts of {@link sampleFiles} where left out. */
	files?: Files;
	/** A content folder instead of files. */
	contentDir?: string;
	/** A read replica is nearer to the Worker than the database itself. */
	replica?: boolean;
	migrated?: boolean;
	secret?: string | null;
	inviteSecret?: string | null;
	/** Comments a minute from one network; without it the deployment has no such limit. */
	commentLimit?: number;
	/** How many mails one network may cause in a minute; without end when left out. */
	mailLimit?: number;
	/** Further variables of the Worker. */
	env?: Record<string, string>;
	/** Answers what the Worker fetches from elsewhere. */
	outbound?: (request: Request) => Response | Promise<Response>;
	clock?: string;
};

/** What everything else is signed with. */
export const testSecret = "a secret for tests, long enough to hold";

/** What invitations are signed with, unless a test says otherwise. */
export const inviteSecret = "a secret for invitations, for tests only";

/** Three posts, enough for most tests: one in English, one in Japanese, one whose thread is closed. */
export const sampleFiles: Files = {
	"site.yaml": "title: A test of cats\nurl: https://cats.example\ntimezone: Asia/Tokyo\n",
	"posts/2024-05-01-hello.md":
		"---\ntitle: Hello\ndate: 2024-05-01\ncategories: [Cloud]\ntags: [edge]\n---\nThe **first** post.\n",
	"posts/2024-05-02-こんばんは.md":
		"---\ntitle: こんばんは\ndate: 2024-05-02\nlang: ja\ncategories: [クラウド]\naliases: [/old/address/]\n---\n## はじめに\n\n本文です。\n",
	"posts/2024-05-03-closed.md": "---\ntitle: Closed\ndate: 2024-05-03\ncomments: closed\n---\nNo more.\n",
	"pages/about.md": "---\ntitle: About\nnavigation_order: 1\n---\nWho we are.\n",
};

/** Builds content and runs it with the tests' Worker in workerd, on an empty, migrated D1. */
export async function startBlog(options: BlogOptions = {}): Promise<Blog> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-test-"));
	const built = new Map<string, Promise<Built>>();
	const builtOf = (files: Files) => {
		const key = JSON.stringify(files);
		const known = built.get(key) ?? buildWorker(join(folder, String(built.size)), files);
		built.set(key, known);
		return known;
	};
	const first = await (options.contentDir === undefined
		? builtOf(options.files ?? {})
		: bundleContent(options.contentDir, join(folder, "out")));
	const secret = options.secret === undefined ? testSecret : options.secret;
	const invites = options.inviteSecret === undefined ? inviteSecret : options.inviteSecret;
	let clock = String(Date.parse(options.clock ?? "2026-01-01T00:00:00Z"));
	const get = (path: string, headers: Record<string, string> = {}) =>
		send(path, { headers: { ...state(), ...headers } });
	let copies = 0;
	const state = () => ({ "X-Test-Now": clock, "X-Test-Copies": String(copies) });
	const cache = createEdgeCache(get, () => Number(clock));
	const log: string[] = [];
	const running = ({ bundle, outDir }: Built) =>
		convertV4MiniflareOptions({
			...workerOptions(bundle, outDir),
			compatibilityDate: "2026-11-01",
			d1Databases: options.replica ? ["DB", "REPLICA"] : ["DB"],
			serviceBindings: {
				EDGE_CACHE: async (request) => {
					const { how, tags } = (await request.json()) as { how: "drop" | "expire"; tags: string[] };
					return new MiniflareResponse(null, { status: cache.purge(how, tags) ? 204 : 429 });
				},
			},
			ratelimits: {
				SIGN_IN_LIMIT: { namespace_id: "1", simple: { limit: 10, period: 60 } },
				...(options.mailLimit === undefined
					? {}
					: { MAIL_LIMIT: { namespace_id: "4", simple: { limit: options.mailLimit, period: 60 } } }),
				...(options.commentLimit === undefined
					? {}
					: { COMMENT_LIMIT: { namespace_id: "3", simple: { limit: options.commentLimit, period: 60 } } }),
			},
			bindings: {
				...(secret === null ? {} : { SIGNING_SECRET: secret }),
				...(invites === null ? {} : { INVITE_SECRET: invites }),
				...options.env,
			},
			handleStructuredLogs: ({ level, message }) => {
				log.push(message);
				if (level === "error") console.error(message);
			},
			...(options.outbound === undefined ? {} : { outboundService: options.outbound }),
		});
	const miniflare = new Miniflare(running(first));
	const reach = async () => ({
		origin: (await miniflare.ready).origin,
		worker: await miniflare.getWorker(),
		db: (await miniflare.getD1Database("DB")) as unknown as D1Database,
		replica: (options.replica ? await miniflare.getD1Database("REPLICA") : null) as unknown as D1Database,
	});
	let at = await reach();
	if (options.migrated !== false) await migrate(at.db);
	if (options.replica) {
		await migrate(at.replica);
		await withoutTriggers(at.replica);
	}

	const send = (path: string, init: RequestInit) => fetch(at.origin + path, { redirect: "manual", ...init });
	return {
		get origin() {
			return at.origin;
		},
		get db() {
			return at.db;
		},
		get replica() {
			return at.replica;
		},
		async catchUp() {
			await copyRows(at.db, at.replica);
			copies += 1;
		},
		async deploy(files) {
			await miniflare.setOptions(running(await builtOf(files)));
			at = await reach();
			cache.deploy();
		},
		setClock(time) {
			clock = String(typeof time === "number" ? time : Date.parse(time));
		},
		get,
		cache,
		assets: join(first.outDir, "assets"),
		log,
		get now() {
			return Number(clock);
		},
		async cron() {
			await get("/healthz");
			await at.worker.scheduled();
		},
		post: (path, fields, headers = {}) =>
			send(path, {
				method: "POST",
				body: new URLSearchParams(fields),
				headers: { ...state(), "Sec-Fetch-Site": "same-origin", ...headers },
			}),
		async stop() {
			await miniflare.dispose();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

/** A Worker with its blog, and the folder of what is served beside it. */
type Built = { bundle: Modules; outDir: string };

async function buildWorker(folder: string, files: Files): Promise<Built> {
	return bundleContent(await writeFiles(join(folder, "content"), files), join(folder, "out"));
}

async function bundleContent(contentDir: string, outDir: string): Promise<Built> {
	const result = await buildContent({ contentDir, outDir });
	if (!result.ok) throw new Error(result.problems.map(formatProblem).join("\n"));
	return { bundle: await testWorker(outDir), outDir };
}

async function writeFiles(folder: string, files: Files): Promise<string> {
	for (const [path, text] of Object.entries({ ...sampleFiles, ...files })) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}
	return folder;
}
