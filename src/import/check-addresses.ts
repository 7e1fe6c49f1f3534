import { pathKey } from "../posts/paths.ts";
import { parseOldAddress } from "./addresses.ts";
import type { Progress } from "./collect.ts";
import { ImportError } from "./error.ts";
import type { EntryRecord, TermRecord } from "./record.ts";
import type { Spool } from "./spool.ts";

/** Asks the blog for a path and query; returns the status, and for a redirect the path it leads to. */
export type AskBlog = (path: string) => Promise<{ status: number; location: string | null }>;

/** The account of the old addresses: how many there are, and those that do not lead to their new place. */
export type AddressReport = { asked: number; wrong: string[] };

/** Requests at the same time. */
const together = 8;

const maxRedirects = 5;

/**
 * Asks a running blog for every old address of what was imported, and lists those that do not lead to their new place: entries
 * that readers may see, categories and tags, and the anchors of comments that have other numbers now.
 */
export async function checkAddresses(spool: Spool, ask: AskBlog, progress: Progress): Promise<AddressReport> {
	const wrong: string[] = [];
	let asked = 0;
	let batch: Promise<string | null>[] = [];
	const flush = async () => {
		for (const problem of await Promise.all(batch)) if (problem !== null) wrong.push(problem);
		batch = [];
		progress("Addresses", asked);
	};
	for (const { old, wanted } of oldAddresses(spool)) {
		asked += 1;
		batch.push(checkAddress(old, wanted, ask));
		if (batch.length === together) await flush();
	}
	await flush();
	for (const problem of movedAnchors(spool)) {
		asked += 1;
		wrong.push(problem);
	}
	return { asked, wrong };
}

/** Returns what is wrong with an address, or null. `wanted` is its new path, or null for any page. */
async function checkAddress(old: string, wanted: string | null, ask: AskBlog): Promise<string | null> {
	let path = old;
	for (let hop = 0; hop <= maxRedirects; hop++) {
		const { status, location } = await ask(path);
		if (location !== null) path = location;
		else if (status !== 200)
			return `${old} is answered with status ${status}${wanted === null ? "" : `, not by ${wanted}`}.`;
		else if (wanted === null || pathKey(path) === pathKey(wanted)) return null;
		else return `${old} leads to ${path}, not to ${wanted}.`;
	}
	return `${old} is redirected too often.`;
}

function* oldAddresses(spool: Spool): Generator<{ old: string; wanted: string | null }> {
	const entries = spool.db.prepare(`
		SELECT records.body, planned.path, planned.body AS plan FROM records JOIN planned USING (n)
		WHERE class = 'post' AND outcome IN ('written', 'present')`);
	for (const row of entries.iterate() as Iterable<{ body: string; path: string; plan: string | null }>) {
		const { state, addresses, number, published }: EntryRecord = JSON.parse(row.body);
		const isDraft = row.plan !== null && JSON.parse(row.plan).draft === true;
		const isLater = published !== null && "at" in published && published.at > Date.now();
		if (isDraft || isLater || (state !== "public" && state !== "scheduled")) continue;
		const numbered = number === null ? [] : [`/?p=${number}`];
		for (const address of new Set([...addresses, ...numbered])) {
			const old = parseOldAddress(address);
			if (old === null || (old.path === "/" && old.query === "")) continue;
			yield { old: `${encodeURI(old.path)}${old.query === "" ? "" : `?${old.query}`}`, wanted: row.path };
		}
	}
	const terms = spool.db.prepare(
		"SELECT body FROM records WHERE kind = 'term' AND outcome IN ('written', 'present')",
	);
	for (const { body } of terms.iterate() as Iterable<{ body: string }>) {
		const { address }: TermRecord = JSON.parse(body);
		const old = address === null ? null : parseOldAddress(address);
		if (old !== null) yield { old: encodeURI(old.path), wanted: null };
	}
}

function* movedAnchors(spool: Spool): Generator<string> {
	const select = spool.db.prepare(`
		SELECT id, comment_id AS number FROM records JOIN comments USING (n)
		WHERE outcome IN ('written', 'present') AND body ->> 'keepsNumber' AND id <> CAST(comment_id AS TEXT)`);
	for (const { id, number } of select.iterate() as Iterable<{ id: string; number: number }>) {
		yield `#comment-${id} is #comment-${number} now: its number was taken.`;
	}
}

/** Creates the function that asks a blog over HTTP. */
export function blogAt(origin: string): AskBlog {
	return async (path) => {
		const response = await fetch(new URL(path, origin), { redirect: "manual", method: "HEAD" }).catch(
			() => null,
		);
		if (response === null) {
			throw new ImportError(
				`${origin} does not answer; run npm start in another terminal, or name the deployed blog.`,
			);
		}
		const location = response.headers.get("Location");
		const target = location === null ? null : URL.parse(location, new URL(path, origin));
		return {
			status: response.status,
			location: target === null ? null : decodeURI(target.pathname) + target.search,
		};
	};
}
