import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, it } from "vitest";
import { projectRoot } from "../../src/cli/config.ts";
import { workerOptions } from "../../src/cli/server-options.ts";

const wrangler: typeof import("wrangler") = createRequire(import.meta.url)("wrangler");

const config = {
	contentDir: join(projectRoot, "content"),
	outDir: join(projectRoot, ".edgecat"),
	port: 8787,
	persistTo: join(projectRoot, ".wrangler/state"),
	cronSeconds: 60,
};

it("the Worker of npm start has what wrangler.toml gives it, as wrangler reads it", async () => {
	const answer = () => Promise.reject(new Error("nobody asks"));
	const secrets = { SIGNING_SECRET: "generated" };
	const own = (await workerOptions({ config, secrets, script: "export default {}", answer })).workers[0]
		?.config;
	const { workerOptions: read } = wrangler.unstable_getMiniflareWorkerOptions(
		join(projectRoot, "wrangler.toml"),
	);
	const { d1Databases, ratelimits, assets, bindings, versionMetadata } = read as unknown as {
		d1Databases: Record<string, { id: string }>;
		ratelimits: Record<string, { simple: object }>;
		assets: { directory: string; binding: string; run_worker_first: string[]; assetConfig: object };
		bindings: object;
		versionMetadata: string;
	};

	expect(own?.compatibilityDate).toBe(read.compatibilityDate);
	expect(own?.compatibilityFlags).toEqual(read.compatibilityFlags);
	expect(own?.assets).toMatchObject({
		directory: assets.directory,
		runWorkerFirst: assets.run_worker_first,
		htmlHandling: "none",
	});
	expect(assets.assetConfig).toMatchObject({ html_handling: "none" });
	const { SIGNING_SECRET, DEVELOPMENT, LOCAL_URL, CONTENT, ...env } = own?.env ?? {};
	expect(SIGNING_SECRET).toMatchObject({ value: "generated" });
	expect(DEVELOPMENT).toMatchObject({ value: "1" });
	expect(LOCAL_URL).toMatchObject({ value: "http://localhost:8787" });
	expect(CONTENT).toBeDefined();
	// An edit changes what is served without a deployment, so that there is no time of one.
	expect(Object.keys(env).sort()).toEqual(
		[...Object.keys({ ...d1Databases, ...ratelimits, ...bindings }), assets.binding].sort(),
	);
	expect(versionMetadata).toBe("CF_VERSION_METADATA");
	for (const [name, { id }] of Object.entries(d1Databases)) expect(env[name]).toMatchObject({ id });
	for (const [name, { simple }] of Object.entries(ratelimits)) expect(env[name]).toMatchObject({ simple });
});
