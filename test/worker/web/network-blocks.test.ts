import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signedIn, testStart } from "../../support/admin.ts";
import { type Blog, startBlog } from "../../support/blog.ts";

const post = "2024-05-01-hello";
const day = 86_400_000;

describe("a blocked network", () => {
	let blog: Blog;
	let owner: { Cookie: string };
	let sent = 0;
	beforeAll(async () => {
		blog = await startBlog({ files: { "site.yaml": "title: Cats\n" } });
		owner = await signedIn(blog, "Mika", "owner");
	});
	afterAll(() => blog.stop());

	/** Sends a comment as a new visitor, and returns its findings. */
	async function findingsFrom(address: string): Promise<string> {
		const fields = { post, name: "Ann", text: `Comment number ${++sent}` };
		expect((await blog.post("/comments", fields, { "CF-Connecting-IP": address })).status).toBe(303);
		const row = await blog.db
			.prepare("SELECT findings FROM comments ORDER BY id DESC LIMIT 1")
			.first("findings");
		return String(row);
	}

	it("is known again after midnight, for as long as the page says, and no other network is", async () => {
		const lateEvening = testStart + day - 60_000;
		blog.setClock(lateEvening);
		await findingsFrom("192.0.2.7");
		const visitor = await blog.db.prepare("SELECT visitor FROM comments").first<string>("visitor");
		const page = await (await blog.get(`/admin/commenters/${visitor}`, owner)).text();
		expect(page).toContain("Hold comments from this network for up to 7 days");
		await blog.post(`/admin/commenters/${visitor}/block`, { kind: "network" }, owner);
		for (const [days, held] of [
			[0, true],
			[1, true],
			[3, true],
			[6, true],
			[7, false],
		] as const) {
			blog.setClock(lateEvening + days * day + 30_000);
			const findings = await findingsFrom("192.0.2.7");
			expect([days, findings.includes("blocked_network")]).toEqual([days, held]);
			expect((await findingsFrom("192.0.2.8")).includes("blocked_network")).toBe(false);
		}
	});
});
