import { type ChildProcess, execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import { createServer, type Server } from "node:https";
import { connect, createServer as createRelay } from "node:net";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream";
import { workerdBinary } from "../../src/selfhost/workerd.ts";
import { dieWithParent, type OtherMachine } from "./own-machine.ts";

/** A Linux machine with nothing but glibc and the programs of every distribution, and no network but its own loopback. */
export type BareMachine = OtherMachine & {
	/** The folder of its root, in which a path of the machine is below the same path. */
	root: string;
	/** The folder of the blog and that of its data, on the machine. */
	folder: string;
	data: string;
	stop(): Promise<void>;
};

/** The user who runs the blog, whom nobody has heard of. */
const user = 4242;

/** An address of the public internet that the machine reaches: its own. */
const publicAddress = "93.184.215.14";

/** The programs that the scripts of the folder run: coreutils, grep, sed, and flock of util-linux. */
const programs = "sh base64 chmod dirname flock grep head mkdir readlink sed tail tr uname".split(" ");

/** Whether this process may make such a machine: on Linux, as root, with iproute2. */
export const canMakeBareMachine =
	process.getuid?.() === 0 && spawnSync("unshare", ["--net", "ip", "link", "set", "lo", "up"]).status === 0;

/**
 * Makes a machine in a folder. Names lead to addresses on it: `outside` answers at the public one by HTTPS, `inside` at a
 * private one.
 */
export async function makeBareMachine(
	root: string,
	{ outside, inside }: { outside: RequestListener; inside: RequestListener },
	names: { outside: readonly string[]; inside: readonly string[] },
): Promise<BareMachine> {
	const [folder, data] = ["/srv/edgecat", "/var/lib/edgecat"];
	writeRoot(root, names);
	for (const path of ["/srv", data]) mkdirSync(join(root, path), { recursive: true });
	chownSync(join(root, data), user, user);

	const socket = (name: string) => join(root, `${name}.socket`);
	const servers = await Promise.all([listen(outside, socket("outside")), listen(inside, socket("inside"))]);
	const network = await startNetwork([
		`${publicAddress}:443=${socket("outside")}`,
		`127.0.0.1:443=${socket("inside")}`,
		`${socket("blog")}=127.0.0.1:8787`,
	]);
	const entrance = createRelay((client) => {
		pipeline(client, connect(socket("blog")), client, () => {});
	});
	await once(entrance.listen(0, "127.0.0.1"), "listening");
	const address = entrance.address();
	const port = typeof address === "object" && address !== null ? address.port : 0;
	return {
		root,
		folder,
		data,
		enter: [
			"nsenter",
			`--net=/proc/${network.pid}/ns/net`,
			`--root=${root}`,
			`--setuid=${user}`,
			`--setgid=${user}`,
			"--",
		],
		port: 8787,
		origin: `http://127.0.0.1:${port}`,
		async stop() {
			entrance.close();
			network.kill();
			await once(network, "exit");
			for (const server of servers) server.close();
		},
	};
}

function writeRoot(root: string, names: { outside: readonly string[]; inside: readonly string[] }): void {
	for (const folder of ["bin", "dev", "etc"]) mkdirSync(join(root, folder), { recursive: true });
	const found = programs.map((name) => execFileSync("which", [name], { encoding: "utf8" }).trim());
	for (const [at, name] of programs.entries()) copyFileSync(found[at] ?? "", join(root, "bin", name));
	for (const library of librariesOf([...found, workerdBinary()])) {
		mkdirSync(join(root, dirname(library)), { recursive: true });
		copyFileSync(library, join(root, library));
	}
	execFileSync("mknod", ["--mode=666", join(root, "dev/null"), "c", "1", "3"]);
	execFileSync("mknod", ["--mode=444", join(root, "dev/urandom"), "c", "1", "9"]);
	const hosts = [
		`127.0.0.1 localhost ${names.inside.join(" ")}`,
		`${publicAddress} ${names.outside.join(" ")}`,
	];
	writeFileSync(join(root, "etc/hosts"), `${hosts.join("\n")}\n`);
}

/** Returns the dynamic loader and the libraries that programs are linked with. */
function librariesOf(files: readonly string[]): Set<string> {
	const linked = execFileSync("ldd", files, { encoding: "utf8" });
	return new Set([...linked.matchAll(/(?:=> |\t)(\/\S+)/g)].map(([, path = ""]) => path));
}

const tls = new URL("tls/", import.meta.url);

async function listen(answer: RequestListener, path: string): Promise<Server> {
	const key = readFileSync(new URL("key.pem", tls));
	const cert = readFileSync(new URL("certificate.pem", tls));
	const server = createServer({ key, cert }, answer);
	await once(server.listen(path), "listening");
	return server;
}

/** Starts a network of loopback only, in which a relay runs. */
async function startNetwork(relays: readonly string[]): Promise<ChildProcess> {
	const script = `ip link set lo up && ip address add ${publicAddress}/32 dev lo && exec "$@"`;
	const relay = new URL("relay.ts", import.meta.url).pathname;
	const network = ["unshare", "--net", "sh", "-c", script, "sh"];
	const args = [...dieWithParent, ...network, process.execPath, relay, ...relays];
	const child = spawn("setpriv", args, { stdio: ["ignore", "pipe", "inherit"] });
	const ended = once(child, "exit").then(() => Promise.reject(new Error("The network did not start.")));
	await Promise.race([once(child.stdout, "data"), ended]);
	ended.catch(() => {});
	return child;
}
