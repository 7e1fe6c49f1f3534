import { Hono } from "hono";
import { describe, expect, it } from "vitest";
import type { Archive } from "../../../src/posts/archive.ts";
import type { Site } from "../../../src/posts/site.ts";
import type { Services } from "../../../src/services.ts";
import type { AppEnv } from "../../../src/web/http/context.ts";
import { hostRedirect } from "../../../src/web/http/middleware/host-redirect.ts";
import { fake } from "../../support/fakes/fake.ts";

/** Sends a request to a blog; returns the status, the address it leads to and whether caches may store that. */
async function send(address: string, alsoAt: string[] = [], url = "https://blog.example", init = {}) {
	const site = fake<Site>({ url, alsoAt });
	const app = new Hono<AppEnv>()
		.use(async (c, next) => {
			c.set("services", fake<Services>({ archive: fake<Archive>({ site }) }));
			await next();
		})
		.use(hostRedirect)
		.all("*", (c) => c.text("here"));
	const { status, headers } = await app.request(address, init);
	return [status, headers.get("Location"), headers.get("Cache-Control")];
}

const here = [200, null, null];
const there = (path: string, status = 301) => [status, `https://blog.example${path}`, "private, no-store"];

describe("a request for another host", () => {
	it.each([
		["https://blog.example/a/?b=1", here],
		["http://blog.example/a/?b=1", there("/a/?b=1")],
		["https://www.blog.example/a/", there("/a/")],
		["https://edgecat.ann.workers.dev/%E7%8C%AB/", there("/%E7%8C%AB/")],
		["https://blog.example:8443/", there("/")],
		["https://blog.example.evil.example//x.example/", there("//x.example/")],
		["https://notlocalhost/", there("/")],
		["http://localhost:8787/", here],
		["http://ann.localhost/", here],
		["http://127.0.0.1:4000/", here],
		["http://[::1]:4000/", here],
	])(
		"is redirected in one hop that no cache stores, except on this machine: %s",
		async (address, expected) => {
			expect(await send(address)).toEqual(expected);
		},
	);

	it("is answered where a setting says so", async () => {
		const hosts = ["*.ann.workers.dev", "staging.example", "10.0.0.2:8080"];
		for (const address of [
			"https://1a2b-edgecat.ann.workers.dev/",
			"http://staging.example/",
			"http://staging.example:81/",
			"http://10.0.0.2:8080/",
		])
			expect(await send(address, hosts), address).toEqual(here);
		for (const address of ["https://ann.workers.dev/", "https://xann.workers.dev/", "http://10.0.0.2/"])
			expect(await send(address, hosts), address).toEqual(there("/"));
		expect(await send("http://any.example/", ["*"])).toEqual(here);
	});

	it("keeps its method and body if it is not read-only", async () => {
		const init = { method: "POST", body: "a=1" };
		expect(await send("https://www.blog.example/comments", [], undefined, init)).toEqual(
			there("/comments", 308),
		);
	});

	it("is answered anywhere while the blog has no address, and by http behind a proxy that ends TLS", async () => {
		expect(await send("https://any.example/", [], "http://localhost:8787")).toEqual(here);
		const headers = { "X-Forwarded-Proto": "https" };
		expect(await send("http://blog.example/", [], undefined, { headers })).toEqual(here);
	});
});
