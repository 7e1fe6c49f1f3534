import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare, Response as MiniflareResponse } from "miniflare";
import { buildContent } from "../../src/publish/build.ts";
import { formatProblem } from "../../src/publish/problems.ts";
import { bundleWorker, workerOptions } from "./bundle.ts";
import { createEdgeCache, type EdgeCache } from "./edge-cache.ts";
import { migrate } from "./migrate.ts";

export type Files = Readonly<Record<string, string>>;

export type Blog = {
	origin: string;
	db: D1Database;
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
	migrated?: boolean;
	secret?: string | null;
	inviteSecret?: string | null;
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

/** Builds content, bundles the Worker, and runs it in workerd on an empty, migrated D1. */
export async function startBlog(options: BlogOptions = {}): Promise<Blog> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-test-"));
	const contentDir = options.contentDir ?? (await writeFiles(join(folder, "content"), options.files ?? {}));
	const outDir = join(folder, "out");
	const result = await buildContent({ contentDir, outDir });
	if (!result.ok) throw new Error(result.problems.map(formatProblem).join("\n"));

	const bundle = await bundleWorker("test/support/worker.ts", outDir);
	const secret = options.secret === undefined ? testSecret : options.secret;
	const invites = options.inviteSecret === undefined ? inviteSecret : options.inviteSecret;
	let clock = String(Date.parse(options.clock ?? "2026-01-01T00:00:00Z"));
	const get = (path: string, headers: Record<string, string> = {}) =>
		send(path, { headers: { "X-Test-Now": clock, ...headers } });
	const cache = createEdgeCache(get, () => Number(clock));
	const log: string[] = [];
	const miniflare = new Miniflare(
		convertV4MiniflareOptions({
			...workerOptions(bundle, outDir),
			compatibilityDate: "2026-11-01",
			d1Databases: ["DB"],
			serviceBindings: {
				EDGE_CACHE: async (request) => {
					const { how, tags } = (await request.json()) as { how: "drop" | "expire"; tags: string[] };
					return new MiniflareResponse(null, { status: cache.purge(how, tags) ? 204 : 429 });
				},
			},
			ratelimits: { SIGN_IN_LIMIT: { namespace_id: "1", simple: { limit: 10, period: 60 } } },
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
		}),
	);
	const origin = (await miniflare.ready).origin;
	const db = (await miniflare.getD1Database("DB")) as unknown as D1Database;
	if (options.migrated !== false) await migrate(db);

	const worker = await miniflare.getWorker();
	const send = (path: string, init: RequestInit) => fetch(origin + path, { redirect: "manual", ...init });
	return {
		origin,
		db,
		setClock(time) {
			clock = String(typeof time === "number" ? time : Date.parse(time));
		},
		get,
		cache,
		assets: join(outDir, "assets"),
		log,
		get now() {
			return Number(clock);
		},
		async cron() {
			await get("/healthz");
			await worker.scheduled();
		},
		post: (path, fields, headers = {}) =>
			send(path, {
				method: "POST",
				body: new URLSearchParams(fields),
				headers: { "X-Test-Now": clock, "Sec-Fetch-Site": "same-origin", ...headers },
			}),
		async stop() {
			await miniflare.dispose();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function writeFiles(folder: string, files: Files): Promise<string> {
	for (const [path, text] of Object.entries({ ...sampleFiles, ...files })) {
		await mkdir(dirname(join(folder, path)), { recursive: true });
		await writeFile(join(folder, path), text);
	}
	return folder;
}
