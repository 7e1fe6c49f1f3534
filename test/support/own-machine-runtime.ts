import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { buildFolder } from "../../src/selfhost/build.ts";
import { type BuiltContent, testWorker } from "./bundle.ts";
import { parseMail } from "./mail.ts";
import { startOwnMachine, workerSettings } from "./own-machine.ts";
import { remoteD1 } from "./remote-d1.ts";
import type { PooledRuntime, RuntimeOptions, Tenant } from "./runtime.ts";
import { type ReceivedMail, type SmtpRefusal, startMailServer, testAuthority } from "./smtp.ts";

const root = new URL("../..", import.meta.url).pathname;

/**
 * Starts the tests' Worker as a machine of one's own runs the blog's: from a built folder, by its start script, behind its own
 * Workers and with D1 on disk. Requests to other hosts, mails by SMTP and purges come back to this process.
 */
export async function startOnOwnMachine(
	options: RuntimeOptions,
	first: BuiltContent,
): Promise<PooledRuntime> {
	if (options.replica) throw new Error("A machine of one's own has no replica.");
	let tenant: Tenant | null = null;
	const outside = await listen((request) => answerOutside(request, tenant));
	const folder = await mkdtemp(join(tmpdir(), "edgecat-host-"));
	await build(folder, first, (outside.address() as AddressInfo).port);
	const mails = await startMailServer((mail) => receiveMail(mail, tenant));
	const variables = {
		SMTP_URL: `smtp://blog:correct@localhost:${mails.port}`,
		SSL_CERT_FILE: testAuthority,
	};
	const machine = await startOwnMachine(folder, variables, (line) => tenant?.log("log", line));
	const kill = () => machine.kill();
	process.once("exit", kill);

	const send = (headers: Record<string, string>) => (body: string) =>
		fetch(`${machine.origin}/_test`, { method: "POST", headers, body });
	return {
		key: JSON.stringify(options),
		origin: machine.origin,
		addressHeader: "X-Forwarded-For",
		// Its files are replaced at each deployment.
		isPlain: true,
		db: remoteD1(send({ "X-Test-D1": "DB" })),
		replica: remoteD1(send({ "X-Test-D1": "REPLICA" })),
		serve(next) {
			tenant = next;
		},
		async cron() {
			const answer = await send({ "X-Test-Cron": "1" })("");
			if (!answer.ok) throw new Error(`the cron trigger failed: ${await answer.text()}`);
		},
		async deploy(content, variables, schema) {
			await rm(join(folder, "assets"), { recursive: true });
			await cp(content.assets, join(folder, "assets"), { recursive: true });
			const answer = await send({ "X-Test-Deploy": "1" })(
				JSON.stringify({ content: content.module, variables, schema }),
			);
			if (!answer.ok) throw new Error(`the Worker was not deployed: ${await answer.text()}`);
		},
		async dispose() {
			process.off("exit", kill);
			await machine.stop();
			outside.close();
			await mails.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}

async function build(folder: string, first: BuiltContent, outsidePort: number): Promise<void> {
	const workerDir = `${folder}.worker`;
	const { script } = await testWorker();
	await mkdir(workerDir);
	await writeFile(join(workerDir, "index.js"), script);
	const settings = {
		...(await workerSettings()),
		// The tests run the cron trigger themselves, at their own time.
		crons: [],
		rateLimits: [{ name: "SIGN_IN_LIMIT", limit: 10, period: 60 }],
	};
	await buildFolder(folder, {
		root,
		workerDir,
		mainModule: "index.js",
		assetsDir: first.assets,
		settings,
		site: { url: "https://cats.example", author: "Mika" },
		now: Date.now(),
	});
	await rm(workerDir, { recursive: true });
	await leadOutside(join(folder, "config.capnp"), outsidePort);
}

/** Replaces the internet in a configuration by this process, and adds the binding by which the tests' Worker purges. */
async function leadOutside(file: string, port: number): Promise<void> {
	const config = await readFile(file, "utf8");
	const internet = /name = "internet",\s+network = \([\s\S]*?\)\n\s+\)/;
	const binding = /\(\s+name = "TRUST_PROXY",[\s\S]*?\)/;
	if (!internet.test(config) || !binding.test(config)) throw new Error(`${file} has another form.`);
	const changed = config
		.replace(
			internet,
			`name = "internet", external = (address = "127.0.0.1:${port}", http = (style = proxy))`,
		)
		.replace(binding, (found) => `${found}, (name = "EDGE_CACHE", service = "internet")`);
	await writeFile(file, changed);
}

async function listen(answer: (request: Request) => Promise<Response>): Promise<Server> {
	// workerd names the host in the request's URL only, as to a proxy, and keeps connections for later.
	const options = { requireHostHeader: false, keepAliveTimeout: 0 };
	const server = createServer(options, (incoming, outgoing) => {
		void respond(incoming, outgoing, answer);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	server.unref();
	return server;
}

async function respond(
	incoming: IncomingMessage,
	outgoing: ServerResponse,
	answer: (request: Request) => Promise<Response>,
): Promise<void> {
	const { method = "GET", headers } = incoming;
	const body = method === "GET" || method === "HEAD" ? {} : { body: await buffer(incoming) };
	const pairs = Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]);
	const response = await answer(new Request(incoming.url ?? "", { method, headers: pairs, ...body })).catch(
		(error: unknown) => new Response(String(error), { status: 599 }),
	);
	outgoing.writeHead(response.status, Object.fromEntries(response.headers));
	outgoing.end(Buffer.from(await response.arrayBuffer()));
}

async function answerOutside(request: Request, tenant: Tenant | null): Promise<Response> {
	if (tenant === null) return new Response(null, { status: 599 });
	if (new URL(request.url).host !== "edge-cache") return tenant.outbound(request);
	const { how, tags } = (await request.json()) as { how: "drop" | "expire"; tags: string[] };
	return new Response(null, { status: tenant.purge(how, tags) ? 204 : 429 });
}

async function receiveMail(
	{ message, to }: ReceivedMail,
	tenant: Tenant | null,
): Promise<SmtpRefusal | null> {
	const refusal = tenant?.mail?.(await parseMail(message, to)) ?? null;
	if (refusal === null) return null;
	return { code: refusal.reason === "wrong password" ? 535 : 451, text: refusal.text };
}
