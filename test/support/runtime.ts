import type { D1Database } from "@cloudflare/workers-types";
import { convertV4MiniflareOptions, Miniflare, Response as MiniflareResponse } from "miniflare";
import { assetOptions, type BuiltContent, modulesOf, testWorker } from "./bundle.ts";
import { answerResend, type ReceiveMail, resendKey } from "./mail.ts";
import { readSchema } from "./migrate.ts";
import { startOnOwnMachine } from "./own-machine-runtime.ts";
import { remoteD1 } from "./remote-d1.ts";

/** The part of a blog's options that a running workerd cannot change. */
export type RuntimeOptions = {
	replica: boolean;
};

/** The blog that a runtime serves now: it receives the Worker's log, requests to other hosts, mails and purges. */
export type Tenant = {
	log(level: string, message: string): void;
	outbound(request: Request): Response | Promise<Response>;
	/** Undefined if the blog has no mail service. */
	mail: ReceiveMail | undefined;
	purge(how: "drop" | "expire", tags: readonly string[]): boolean;
};

/** A workerd with the tests' Worker and its databases. It serves one blog after another, each on an empty database. */
export type Runtime = {
	readonly origin: string;
	readonly db: D1Database;
	readonly replica: D1Database;
	/** The header in which the network in front tells the client's address. */
	readonly addressHeader: "CF-Connecting-IP" | "X-Forwarded-For";
	/** Runs the cron trigger. */
	cron(): Promise<void>;
	/**
	 * Discards everything the isolate has cached and gives it this content and these variables, as a deployment does. With a
	 * schema the databases begin anew, too.
	 */
	deploy(content: BuiltContent, variables: Record<string, string>, schema?: string): Promise<void>;
};

/** A runtime that is kept for the next blog. */
export type PooledRuntime = Runtime & {
	key: string;
	/** Whom the runtime serves; null ends the tenancy. */
	serve(tenant: Tenant | null): void;
	/** Whether the assets are those that every blog has. */
	readonly isPlain: boolean;
	dispose(): Promise<void>;
};

/** Runtimes without a tenant, the one used last at the end. */
const idle: PooledRuntime[] = [];

/** Each is a workerd with some hundred megabytes. */
const maxIdle = 3;

/** Serves a blog from an idle runtime with these options, or from a new one, on an empty and, if wanted, migrated database. */
export async function acquireRuntime(
	options: RuntimeOptions,
	content: BuiltContent,
	variables: Record<string, string>,
	tenant: Tenant,
	migrated: boolean,
): Promise<Runtime> {
	const key = JSON.stringify(options);
	const at = content.isPlain ? idle.findLastIndex((runtime) => runtime.key === key) : -1;
	const runtime = idle.splice(at, at === -1 ? 0 : 1)[0] ?? (await start(options, content));
	// Until it is deployed, tasks of the blog before may still be under way.
	await runtime.deploy(content, variables, migrated ? await readSchema() : "");
	runtime.serve(tenant);
	return runtime;
}

/** Ends a tenancy: the next blog may have the runtime, unless files are served from it that are one blog's only. */
export async function releaseRuntime(runtime: Runtime): Promise<void> {
	const started = runtime as PooledRuntime;
	started.serve(null);
	if (!started.isPlain) return started.dispose();
	idle.push(started);
	if (idle.length > maxIdle) await idle.shift()?.dispose();
}

/** Ends the runtimes without a tenant. Vitest's workers need not: they end with their process. */
export async function disposeIdleRuntimes(): Promise<void> {
	await Promise.all(idle.splice(0).map((runtime) => runtime.dispose()));
}

/** Whether blogs run in a folder built for a machine of one's own, instead of Miniflare. */
const isOwnMachine = process.env.EDGECAT_TEST_HOST === "own-machine";

const start = isOwnMachine ? startOnOwnMachine : startMiniflare;

/** The variables of a blog that sends mail: by Resend, or by SMTP as a folder does. */
export const mailVariables: Record<string, string> = isOwnMachine
	? { SMTP_URL: "the folder's" }
	: { RESEND_API_KEY: resendKey };

function answerOutside(request: Request, tenant: Tenant | null): Response | Promise<Response> {
	if (tenant === null) return new Response(null, { status: 599 });
	const isMail = new URL(request.url).hostname === "api.resend.com";
	return isMail && tenant.mail !== undefined ? answerResend(request, tenant.mail) : tenant.outbound(request);
}

async function startMiniflare(options: RuntimeOptions, first: BuiltContent): Promise<PooledRuntime> {
	const script = await testWorker();
	let tenant: Tenant | null = null;
	const running = (content: BuiltContent) =>
		convertV4MiniflareOptions({
			name: "blog",
			modules: modulesOf(script),
			// Without assets, requests go straight to the Worker: Miniflare's routers in front take as long as a cached page.
			...(content.isPlain
				? { unsafeDirectSockets: [{ host: "127.0.0.1", port: 0 }] }
				: { assets: assetOptions(content.assets) }),
			compatibilityDate: "2026-11-01",
			compatibilityFlags: ["nodejs_als"],
			d1Databases: options.replica ? ["DB", "REPLICA"] : ["DB"],
			serviceBindings: {
				EDGE_CACHE: async (request) => {
					const { how, tags } = (await request.json()) as { how: "drop" | "expire"; tags: string[] };
					return new MiniflareResponse(null, { status: (tenant?.purge(how, tags) ?? true) ? 204 : 429 });
				},
			},
			ratelimits: { SIGN_IN_LIMIT: { namespace_id: "1", simple: { limit: 10, period: 60 } } },
			handleStructuredLogs: ({ level, message }) => tenant?.log(level, message),
			outboundService: (request: Request) => answerOutside(request, tenant),
		});
	let content = first;
	const miniflare = new Miniflare(running(content));
	await miniflare.ready;
	const connect = async () => ({
		origin: (await (content.isPlain ? miniflare.unsafeGetDirectURL("blog") : miniflare.ready)).origin,
		worker: await miniflare.getWorker(),
	});
	let at = await connect();
	const send = (headers: Record<string, string>) => (body: string) =>
		fetch(`${at.origin}/_test`, { method: "POST", headers, body });
	return {
		key: JSON.stringify(options),
		addressHeader: "CF-Connecting-IP",
		serve(next) {
			tenant = next;
		},
		get isPlain() {
			return content.isPlain;
		},
		get origin() {
			return at.origin;
		},
		db: remoteD1(send({ "X-Test-D1": "DB" })),
		replica: remoteD1(send({ "X-Test-D1": "REPLICA" })),
		async cron() {
			await at.worker.scheduled();
		},
		async deploy(next, variables, schema) {
			if (next !== content && !(next.isPlain && content.isPlain)) {
				content = next;
				await miniflare.setOptions(running(next));
				at = await connect();
			}
			content = next;
			const files = next.isPlain ? next.searchFiles : undefined;
			const body = JSON.stringify({ content: next.module, files, variables, schema });
			const answer = await send({ "X-Test-Deploy": "1" })(body);
			if (!answer.ok) throw new Error(`the Worker was not deployed: ${await answer.text()}`);
		},
		dispose: () => miniflare.dispose(),
	};
}
