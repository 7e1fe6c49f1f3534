import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { buildContent } from "../../src/build/build.ts";
import { formatProblem } from "../../src/build/problems.ts";
import { type BuiltContent, readBuiltContent } from "./bundle.ts";
import { createEdgeCache, type EdgeCache } from "./edge-cache.ts";
import type { ReceiveMail } from "./mail.ts";
import { copyRows } from "./replica.ts";
import { acquireRuntime, mailVariables, releaseRuntime } from "./runtime.ts";
import type { Usage } from "./usage.ts";

export type Files = Readonly<Record<string, string | Uint8Array>>;

export type Blog = {
	readonly origin: string;
	readonly db: D1Database;
	/** The replica, if the blog has one. */
	readonly replica: D1Database;
	/** Copies the primary to the replica, which is as far behind as its last copy. */
	catchUp(): Promise<void>;
	/** Deploys these content files: the isolate and the edge cache begin empty, the database stays. */
	deploy(files: Files): Promise<void>;
	/** Moves the Worker's clock (epoch milliseconds, or an ISO 8601 string). */
	setClock(time: number | string): void;
	/** GET without following redirects. */
	get(path: string, headers?: Record<string, string>): Promise<Response>;
	/** Posts a form as a browser on the site would; `headers` override. */
	post(path: string, fields: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
	/** The cache in front of the Worker, which purges it; reads through it see the same as readers. */
	cache: EdgeCache;
	/** Runs the cron trigger. */
	cron(): Promise<void>;
	/** Returns what requests and cron runs have used since the last call; the first call begins to record it. */
	usage(): Promise<Usage>;
	/** The folder of the static assets. */
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
	/** The output folder of a build, instead of content to build. */
	builtDir?: string;
	/** Serves the assets that every blog has, too, such as its icons; a workerd of its own does. */
	assets?: boolean;
	/** Adds a read replica that is nearer to the Worker than the primary. */
	replica?: boolean;
	migrated?: boolean;
	secret?: string | null;
	inviteSecret?: string | null;
	/**
	 * Further variables of the Worker. `COMMENT_LIMIT` and `MAIL_LIMIT` are the number of comments, or of mails to strangers, that
	 * one network may cause a minute; without them there is no limit.
	 */
	env?: Record<string, string>;
	/** Answers requests of the Worker to other hosts; without it, any such request makes `stop` fail. */
	outbound?: (request: Request) => Response | Promise<Response>;
	/** Takes the Worker's mails, which reach it by the mail service that the host has; without it there is none. */
	mail?: ReceiveMail;
	clock?: string;
};

/** Signs cookies and tokens. */
export const testSecret = "a secret for tests, long enough to hold";

/** Signs invitations, unless a test has another key. */
export const inviteSecret = "a secret for invitations, for tests only";

/** The content this project comes with. */
export const sampleContent = new URL("../../content", import.meta.url).pathname;

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
	const { assets = false } = options;
	const served = (content: BuiltContent) => (assets ? { ...content, isPlain: false } : content);
	const first = served(await contentOf(options));
	const secret = options.secret === undefined ? testSecret : options.secret;
	const invites = options.inviteSecret === undefined ? inviteSecret : options.inviteSecret;
	const variables = {
		...(secret === null ? {} : { SIGNING_SECRET: secret }),
		...(invites === null ? {} : { INVITE_SECRET: invites }),
		...(options.mail === undefined ? {} : mailVariables),
		...options.env,
	};
	let clock = String(Date.parse(options.clock ?? "2026-01-01T00:00:00Z"));
	let copies = 0;
	const state = () => ({ "X-Test-Now": clock, "X-Test-Copies": String(copies) });
	const get = (path: string, headers: Record<string, string> = {}) =>
		send(path, { headers: { ...state(), ...headers } });
	const cache = createEdgeCache(get, () => Number(clock));
	const log: string[] = [];
	const unanswered: string[] = [];
	const { replica = false } = options;
	const runtime = await acquireRuntime(
		{ replica },
		first,
		variables,
		{
			log(level, message) {
				log.push(message);
				if (level === "error") console.error(message);
			},
			outbound(request) {
				if (options.outbound !== undefined) return options.outbound(request);
				unanswered.push(`${request.method} ${request.url}`);
				return new Response("The tests reach no other host.", { status: 599 });
			},
			mail: options.mail,
			purge: cache.purge,
		},
		options.migrated !== false,
	);

	const send = (path: string, { headers, ...init }: RequestInit & { headers: Record<string, string> }) => {
		const { "CF-Connecting-IP": address, ...others } = headers;
		const told = address === undefined ? others : { ...others, [runtime.addressHeader]: address };
		return fetch(runtime.origin + path, { redirect: "manual", ...init, headers: told });
	};
	return {
		get origin() {
			return runtime.origin;
		},
		db: runtime.db,
		replica: runtime.replica,
		async catchUp() {
			await copyRows(runtime.db, runtime.replica);
			copies += 1;
		},
		async deploy(files) {
			await runtime.deploy(served(await builtOf(files)), variables);
			cache.deploy();
		},
		setClock(time) {
			clock = String(typeof time === "number" ? time : Date.parse(time));
		},
		get,
		cache,
		assets: first.assets,
		log,
		get now() {
			return Number(clock);
		},
		usage: async () => (await (await get("/_test", { "X-Test-Usage": "1" })).json()) as Usage,
		async cron() {
			await get("/healthz");
			await runtime.cron();
		},
		post: (path, fields, headers = {}) =>
			send(path, {
				method: "POST",
				body: new URLSearchParams(fields),
				headers: { ...state(), "Sec-Fetch-Site": "same-origin", ...headers },
			}),
		async stop() {
			await releaseRuntime(runtime);
			if (unanswered.length > 0)
				throw new Error(
					`The Worker asked other hosts, and the test passes no \`outbound\` to answer:\n${unanswered.join("\n")}`,
				);
		},
	};
}

const known = new Map<string, Promise<BuiltContent>>();

function contentOf({ contentDir, builtDir, files = {} }: BlogOptions): Promise<BuiltContent> {
	if (builtDir !== undefined) return readBuiltContent(builtDir);
	if (contentDir === undefined) return builtOf(files);
	if (contentDir !== sampleContent) return build(contentDir);
	const built = known.get(contentDir) ?? build(contentDir);
	known.set(contentDir, built);
	return built;
}

/** Builds content files, once for all tests of this process that have the same. */
function builtOf(files: Files): Promise<BuiltContent> {
	const all = { ...sampleFiles, ...files };
	const key = JSON.stringify(all);
	const built =
		known.get(key) ?? temporaryFolder().then(async (folder) => build(await writeFiles(folder, all), folder));
	known.set(key, built);
	return built;
}

async function build(contentDir: string, folder?: string): Promise<BuiltContent> {
	const outDir = join(folder ?? (await temporaryFolder()), "out");
	const result = await buildContent({ contentDir, outDir });
	if (!result.ok) throw new Error(result.problems.map(formatProblem).join("\n"));
	return readBuiltContent(outDir);
}

/** The folder of a run is removed when it ends. */
const temporaryFolder = () => mkdtemp(join(tmpdir(), "blog-"));

async function writeFiles(folder: string, files: Files): Promise<string> {
	const contentDir = join(folder, "content");
	for (const [path, text] of Object.entries(files)) {
		await mkdir(dirname(join(contentDir, path)), { recursive: true });
		await writeFile(join(contentDir, path), text);
	}
	return contentDir;
}
