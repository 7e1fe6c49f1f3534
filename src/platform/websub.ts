import type { HubPing } from "../notifications/announce-posts.ts";

/** Milliseconds to wait for a hub; nobody waits with us. */
const timeout = 10_000;

/** Tells a hub which feeds have changed, all in one request, as hubs have taken it since PubSubHubbub 0.3. */
export const pingHub: HubPing = async (hub, feeds) => {
	const response = await fetch(hub, {
		method: "POST",
		headers: { "User-Agent": "edgecat" },
		body: new URLSearchParams([
			["hub.mode", "publish"],
			...feeds.map((feed): [string, string] => ["hub.url", feed]),
		]),
		redirect: "manual",
		signal: AbortSignal.timeout(timeout),
	});
	await response.body?.cancel();
	if (!response.ok) throw new Error(`the WebSub hub answered ${response.status}`);
};
