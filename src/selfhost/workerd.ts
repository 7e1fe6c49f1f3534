import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { SelfhostError } from "./error.ts";

/** Returns the path of the installed workerd for Linux on x64; throws `SelfhostError` on another system. */
export function workerdBinary(system = { platform: process.platform, arch: process.arch } as System): string {
	if (system.platform !== "linux" || system.arch !== "x64") {
		throw new SelfhostError(
			`The folder runs on Linux on x64 (glibc), and is built there too: npm installs the workerd of this system, ${system.platform} ${system.arch}.`,
		);
	}
	const workerd = createRequire(import.meta.url).resolve("workerd/package.json");
	const file = join(dirname(workerd), "../@cloudflare/workerd-linux-64/bin/workerd");
	if (!existsSync(file)) throw new SelfhostError(`${file} is missing; run npm install.`);
	return file;
}

type System = { platform: string; arch: string };
