import type { Blog } from "./blog.ts";
import { eventually } from "./eventually.ts";

/** A person with a browser of their own, which keeps cookies and runs no script. */
export type Person = {
	get(path: string): Promise<Response>;
	post(path: string, fields?: Record<string, string>): Promise<Response>;
	/** The text of a page. */
	read(path: string): Promise<string>;
	/** The Cookie header their browser sends. */
	cookie(): string;
};

/** Creates a person with a new browser, or with one that has these cookies; their network is unknown unless it is given. */
export function personOn(blog: Blog, cookie = "", network: string | null = null): Person {
	const jar = new Map(
		cookie
			.split("; ")
			.filter((pair) => pair !== "")
			.map((pair) => [pair.split("=")[0] ?? "", pair]),
	);
	const kept = (response: Response) => {
		for (const line of response.headers.getSetCookie()) {
			const [pair = ""] = line.split(";");
			const name = pair.split("=")[0] ?? "";
			if (line.includes("Max-Age=0")) jar.delete(name);
			else jar.set(name, pair);
		}
		return response;
	};
	const sent = () => [...jar.values()].join("; ");
	const headers = (): Record<string, string> => ({
		...(jar.size === 0 ? {} : { Cookie: sent() }),
		...(network === null ? {} : { "CF-Connecting-IP": network }),
	});
	const person: Person = {
		get: async (path) => kept(await blog.get(path, headers())),
		post: async (path, fields = {}) => kept(await blog.post(path, fields, headers())),
		read: async (path) => (await person.get(path)).text(),
		cookie: sent,
	};
	return person;
}

export type KeptMail = { key: string; subject: string; text: string; html: string };

/** Waits for so many local mails to an address, and returns them, oldest first. */
export async function mailsTo(blog: Blog, address: string, count: number): Promise<KeptMail[]> {
	const read = async () =>
		(
			await blog.db
				.prepare("SELECT key, subject, text, html FROM local_mails WHERE recipient = ? ORDER BY id")
				.bind(address)
				.all<KeptMail>()
		).results;
	await eventually(async () => {
		const { length } = await read();
		if (length < count) throw new Error(`${length} mails to ${address}, not ${count}`);
	});
	return read();
}

/** Returns the path of the link of a kind in a mail. */
export function linkIn(
	mail: KeptMail | undefined,
	start: "/verifications/" | "/comments/" | "/subscriptions/",
): string {
	return (
		mail?.text.match(new RegExp(`https?://[^/\\s]+(${start}\\S+)`))?.[1] ?? `no ${start} in ${mail?.text}`
	);
}
