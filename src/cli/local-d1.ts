import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { projectRoot } from "./config.ts";
import { quietEnv } from "./wrangler.ts";

/** A D1 in this process, and the function that closes it. */
export type OpenD1 = { d1: D1Database; close(): Promise<void> };

/**
 * Opens the local D1 through wrangler's own emulator, as `wrangler d1 execute --local` does, but once and not for every
 * statement: writing thousands of rows a command each would take hours. Works while the blog is served from it.
 */
export async function openLocalD1(persistTo: string): Promise<OpenD1> {
	// wrangler reads these at import.
	Object.assign(process.env, quietEnv, { WRANGLER_LOG: "error" });
	const { getPlatformProxy } = await import("wrangler");
	const { env, dispose } = await getPlatformProxy<{ DB: D1Database }>({
		configPath: join(projectRoot, "wrangler.toml"),
		environment: "",
		persist: { path: join(persistTo, "v3") },
		remoteBindings: false,
	});
	return { d1: env.DB, close: dispose };
}
