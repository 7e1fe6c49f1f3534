import { createHmac } from "node:crypto";

/** A request the Worker made, as its receiver saw it. */
export type Heard = { host: string; headers: Headers; body: string };

export type World = {
	/** Answers what the Worker asks; for `outbound` of {@link startBlog}. */
	outside: (request: Request) => Promise<Response>;
	/** What was asked of hosts other than the resolver, in order. */
	heard: Heard[];
	/** Names asked of the resolver. */
	resolved: string[];
	/** Changes where a name leads. */
	lead(host: string, ...addresses: string[]): void;
	/** Changes what a host answers. */
	answer(host: string, answer: () => Response | Promise<Response>): void;
};

/** The internet, as small as a test needs it: a resolver, and hosts that take whatever they are sent. */
export function world(): World {
	const leads = new Map<string, readonly string[]>();
	const answers = new Map<string, () => Response | Promise<Response>>();
	const heard: Heard[] = [];
	const resolved: string[] = [];
	return {
		heard,
		resolved,
		lead: (host, ...addresses) => void leads.set(host, addresses),
		answer: (host, answer) => void answers.set(host, answer),
		async outside(request) {
			const url = new URL(request.url);
			if (url.hostname === "cloudflare-dns.com") {
				const name = url.searchParams.get("name") ?? "";
				const type = url.searchParams.get("type") === "A" ? 1 : 28;
				resolved.push(name);
				const addresses = leads.get(name) ?? ["93.184.215.14"];
				const fitting = addresses.filter((address) => address.includes(":") === (type === 28));
				return Response.json({ Status: 0, Answer: fitting.map((data) => ({ name, type, data })) });
			}
			heard.push({ host: url.hostname, headers: request.headers, body: await request.text() });
			return (await answers.get(url.hostname)?.()) ?? new Response("ok");
		},
	};
}

/** The signature a receiver of the webhook would work out for itself. */
export function expectedSignature({ headers, body }: Heard, secret: string): string {
	const signed = `${headers.get("webhook-id")}.${headers.get("webhook-timestamp")}.${body}`;
	return `v1,${createHmac("sha256", secret).update(signed).digest("base64")}`;
}
