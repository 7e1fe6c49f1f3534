import type { ImportedCommentRepository } from "../db/imported-comments.ts";
import { addressKey, parseOldAddress } from "./addresses.ts";
import { resolveTime } from "./existing.ts";
import { placeOf } from "./plan-entries.ts";
import type { CommentRecord } from "./record.ts";
import type { Spool, SpooledRecord } from "./spool.ts";

/** Everything matching comments to entries needs. */
export type CommentContext = {
	spool: Spool;
	/** The database; null for a plan without one. */
	repository: ImportedCommentRepository | null;
	zoneOf(source: string): string;
	/** Hosts whose addresses are the blog's; if empty, those of any host are. */
	hosts: ReadonlySet<string>;
	/** The new paths of old addresses that the owner mapped, by key. */
	map: ReadonlyMap<string, string>;
	now: number;
	signal: AbortSignal;
};

/**
 * Decides post, parent, id and path of every comment in the spool. Comments imported or erased before are settled; those
 * without an entry, and deleted ones without replies, are reported.
 */
export async function planComments(context: CommentContext): Promise<void> {
	const { spool } = context;
	await markPresent(context);
	matchEntries(context);
	linkParents(spool);
	cutCycles(spool);
	measureDepth(spool);
	dropDeleted(spool);
	await assignIds(context);
	assignPaths(spool);
}

/** Rows of a read; remote reads are a command each. */
const pageSize = 5000;

/** The same for numbers with times, which must fit the longest statement of a deployment. */
const ownPageSize = 1500;

async function markPresent({ spool, repository }: CommentContext): Promise<void> {
	if (repository === null) return;
	const find = spool.prepare("SELECT n FROM comments WHERE origin_source = :source AND origin_id = :id");
	const sources = spool.db.prepare("SELECT DISTINCT origin_source AS source FROM comments").all() as {
		source: string;
	}[];
	for (const { source } of sources) {
		for (let after = 0, page = null as unknown[] | null; page === null || page.length === pageSize; ) {
			const found = await repository.present(source, after, pageSize);
			for (const { sourceId, id, path } of found) {
				after = id;
				const row = find.get({ source, id: sourceId }) as { n: number } | undefined;
				if (row === undefined) continue;
				markAs(spool, row.n, id, path);
			}
			page = found;
		}
		for (let after = "", page = null as unknown[] | null; page === null || page.length === pageSize; ) {
			const found = await repository.erased(source, after, pageSize);
			for (const id of found) {
				after = id;
				const row = find.get({ source, id }) as { n: number } | undefined;
				if (row === undefined) continue;
				rememberErased(spool, row.n);
				if (!isSettled(spool, row.n)) spool.settle(row.n, "reported", "was erased here; it stays erased.");
			}
			page = found;
		}
	}
	await markOwn(spool, repository);
}

/** Finds comments of edgecat's own export that were written here or came with an earlier one, by number and time. */
async function markOwn(spool: Spool, repository: ImportedCommentRepository): Promise<void> {
	const select = spool.db.prepare(`
		SELECT n, CAST(id AS INTEGER) AS id, body ->> '$.created.at' AS createdAt FROM comments JOIN records USING (n)
		WHERE own AND outcome IS NULL AND n > :after ORDER BY n LIMIT :limit`);
	for (let after = 0, page = null as unknown[] | null; page === null || page.length === ownPageSize; ) {
		const rows = select.all({ after, limit: ownPageSize }) as { n: number; id: number; createdAt: number }[];
		after = rows.at(-1)?.n ?? after;
		const byId = new Map(rows.map(({ n, id }) => [id, n]));
		const found =
			rows.length === 0 ? [] : await repository.same(rows.map(({ id, createdAt }) => ({ id, createdAt })));
		for (const { id, path, isErased } of found) {
			const n = byId.get(id);
			if (n === undefined) continue;
			if (isErased) rememberErased(spool, n);
			markAs(spool, n, id, path);
		}
		page = rows;
	}
}

function markAs(spool: Spool, n: number, id: number, path: string): void {
	spool
		.prepare("UPDATE comments SET present = 1, comment_id = :id, path = :path WHERE n = :n")
		.run({ id, path, n });
	spool.settle(n, "present");
}

/** Remembers the visitor of a comment that was erased here, of whom nothing else may come back either. */
function rememberErased(spool: Spool, n: number): void {
	spool
		.prepare(
			`INSERT OR IGNORE INTO erased_visitors (visitor)
			SELECT body ->> '$.own.visitor' FROM records WHERE n = :n AND body ->> '$.own.visitor' <> ''`,
		)
		.run({ n });
}

function isSettled(spool: Spool, n: number): boolean {
	const row = spool.prepare("SELECT outcome FROM records WHERE n = :n").get({ n }) as {
		outcome: string | null;
	};
	return row.outcome !== null;
}

function matchEntries(context: CommentContext): void {
	const { spool, zoneOf, now, signal } = context;
	const update = spool.prepare("UPDATE comments SET post_id = :post, created = :created WHERE n = :n");
	for (const spooled of spool.comments()) {
		signal.throwIfAborted();
		const { n, source, record } = spooled;
		const post = matchEntry(spooled, context);
		if (typeof post !== "string") {
			spool.settle(n, "reported", post.reason);
			continue;
		}
		const created = record.created === null ? null : resolveTime(record.created, zoneOf(source));
		if (created === null) spool.remark("comment", placeOf(spooled), "has no date; it gets today's.");
		update.run({ post, created: created ?? now, n });
	}
}

function matchEntry(
	{ source, record }: SpooledRecord<CommentRecord>,
	{ spool, hosts, map }: CommentContext,
): string | { reason: string } {
	if ("post" in record.entry) return record.entry.post;
	if ("id" in record.entry) {
		const select =
			"SELECT post_id FROM planned JOIN records USING (n) WHERE class = 'post' AND source = :source AND id = :id";
		const row = spool.prepare(select).get({ source, id: record.entry.id }) as { post_id: string } | undefined;
		return row?.post_id ?? { reason: "is on an entry that is left out." };
	}
	const byId = spool.prepare("SELECT post_id FROM planned WHERE post_id = :id LIMIT 1");
	const byAddress = spool.prepare("SELECT post_id FROM addresses JOIN planned ON n = entry WHERE key = :key");
	for (const address of record.entry.addresses) {
		const old = parseOldAddress(address);
		if (old === null) continue;
		const mapped = map.get(addressKey(old));
		const isKnownHost = hosts.size === 0 || old.host === "" || hosts.has(old.host) || isLocal(old.host);
		if (mapped === undefined && !isKnownHost) continue;
		if (mapped === undefined && byId.get({ id: address }) !== undefined) return address;
		const keys = mapped === undefined ? keysOf(old) : keysOf(parseOldAddress(mapped) ?? old);
		for (const key of keys) {
			const row = byAddress.get({ key }) as { post_id: string } | undefined;
			if (row !== undefined) return row.post_id;
		}
	}
	const [first = "no address"] = record.entry.addresses;
	return {
		reason: `belongs to ${first}, which no entry has; write a line such as "${first} /new/path/" into a file, and import again with --map FILE.`,
	};
}

/** Whether a host is the machine on which a blog is written, where comment systems saw it, too. */
function isLocal(host: string): boolean {
	return /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host);
}

/** Returns the keys to look an address up by: with its query, then without, then as the folder it is the index of. */
function keysOf({ path, query }: { path: string; query: string }): string[] {
	const exact = addressKey({ path, query });
	const bare = addressKey({ path, query: "" });
	const folder = addressKey({ path: path.replace(/\/index\.html?$/i, "/"), query: "" });
	// The home page with an unknown query is not the entry that was meant.
	return path === "/" ? [exact] : [...new Set([exact, bare, ...(folder === "/" ? [] : [folder])])];
}

/** Selects the comments that will be written. */
const pending = "SELECT comments.n FROM comments JOIN records USING (n) WHERE outcome IS NULL";

function linkParents(spool: Spool): void {
	spool.db.exec(`
		UPDATE comments SET parent_n = (
			SELECT above.n FROM records AS own
			JOIN records AS above ON above.class = 'comment' AND above.source = own.source AND above.id = comments.parent
			JOIN comments AS parent ON parent.n = above.n
			WHERE own.n = comments.n AND above.n <> own.n
				AND (parent.present OR above.outcome IS NULL AND parent.post_id = comments.post_id)
		) WHERE parent IS NOT NULL AND n IN (${pending});
		INSERT INTO remarks (kind, place, message)
		SELECT 'comment', file || coalesce(':' || line, ''), 'replies to ' || parent || ', which is not there; it is on the post itself now.'
		FROM comments JOIN records USING (n) WHERE parent IS NOT NULL AND parent_n IS NULL AND outcome IS NULL;
	`);
}

/** Makes the first comment of every circle of replies a comment on the post itself. */
function cutCycles(spool: Spool): void {
	measureDepth(spool);
	const rows = spool.db
		.prepare(
			`SELECT n, parent_n AS parent FROM comments WHERE depth IS NULL AND n IN (${pending}) ORDER BY n`,
		)
		.all() as { n: number; parent: number }[];
	const parents = new Map(rows.map(({ n, parent }) => [n, parent]));
	const visited = new Map<number, number>();
	const cut = spool.prepare("UPDATE comments SET parent_n = NULL WHERE n = :n");
	for (const { n: start } of rows) {
		let at: number | undefined = start;
		while (at !== undefined && !visited.has(at)) {
			visited.set(at, start);
			at = parents.get(at);
		}
		if (at === undefined || visited.get(at) !== start) continue;
		cut.run({ n: at });
		parents.delete(at);
		spool.remark(
			"comment",
			"",
			`comment ${at} of the file is a reply to a reply to itself; it is on the post itself now.`,
		);
	}
}

function measureDepth(spool: Spool): void {
	spool.db.exec(`
		UPDATE comments SET depth = NULL;
		WITH RECURSIVE tree (n, depth) AS (
			SELECT n, 0 FROM comments WHERE present OR parent_n IS NULL
			UNION ALL SELECT comments.n, tree.depth + 1 FROM tree JOIN comments ON comments.parent_n = tree.n AND NOT comments.present
		)
		UPDATE comments SET depth = tree.depth FROM tree WHERE tree.n = comments.n;
	`);
}

function deepest(spool: Spool): number {
	return (
		spool.db.prepare("SELECT coalesce(max(depth), 0) AS depth FROM comments").get() as { depth: number }
	).depth;
}

/** Reports deleted comments, except those above a comment that stays, whose place they keep without a word. */
function dropDeleted(spool: Spool): void {
	const mark = spool.prepare(`
		UPDATE comments SET public_below = 1 WHERE n IN (
			SELECT parent_n FROM comments JOIN records USING (n)
			WHERE depth = :depth AND outcome IS NULL AND (state <> 'deleted' OR public_below)
		)`);
	for (let depth = deepest(spool); depth > 0; depth--) mark.run({ depth });
	spool.db.exec(`
		UPDATE records SET outcome = 'reported', message = 'is deleted at its source and has no replies; left out.'
		WHERE outcome IS NULL AND n IN (SELECT n FROM comments WHERE state = 'deleted' AND NOT public_below AND NOT own)`);
}

/** The highest id to keep, as of a comment of Disqus: hundreds of millions below eight hexadecimal digits stay for new ones. */
const maxId = 0xe0000000;

async function assignIds({ spool, repository }: CommentContext): Promise<void> {
	const { db } = spool;
	// Numbers in old links, such as #comment-12, keep leading to their comments where they are free.
	db.exec(`
		CREATE TEMP TABLE wanted (n INTEGER PRIMARY KEY, number INTEGER NOT NULL);
		INSERT INTO wanted SELECT n, CAST(id AS INTEGER) AS number FROM records
		WHERE kind = 'comment' AND outcome IS NULL AND body ->> 'keepsNumber' AND id NOT GLOB '*[^0-9]*' AND id <> ''
			AND length(id) < 11 AND CAST(id AS INTEGER) BETWEEN 1 AND ${maxId};
		CREATE UNIQUE INDEX temp.wanted_number ON wanted (number, n);
	`);
	if (repository !== null) {
		const select = db.prepare(
			"SELECT DISTINCT number FROM wanted WHERE number > :after ORDER BY number LIMIT :limit",
		);
		const remove = db.prepare("DELETE FROM wanted WHERE number = :id");
		for (let after = 0; ; ) {
			const numbers = (select.all({ after, limit: pageSize }) as { number: number }[]).map(
				({ number }) => number,
			);
			if (numbers.length === 0) break;
			after = numbers.at(-1) ?? after;
			for (const id of await repository.taken(numbers)) remove.run({ id });
		}
	}
	const highest = Math.max(
		(await repository?.highestId()) ?? 0,
		(db.prepare("SELECT coalesce(max(number), 0) AS number FROM wanted").get() as { number: number }).number,
	);
	db.exec(`
		UPDATE comments SET comment_id = (SELECT number FROM wanted WHERE wanted.n = comments.n
			AND NOT EXISTS (SELECT 1 FROM wanted AS other WHERE other.number = wanted.number AND other.n < wanted.n))
		WHERE n IN (${pending});
		DROP TABLE wanted;
		UPDATE comments SET comment_id = ${highest} + numbered.rank FROM (
			SELECT n, row_number() OVER (ORDER BY created, n) AS rank FROM comments
			WHERE comment_id IS NULL AND n IN (${pending})
		) AS numbered WHERE numbered.n = comments.n;
	`);
}

function assignPaths(spool: Spool): void {
	const top = `UPDATE comments SET path = printf('%08x', comment_id) WHERE parent_n IS NULL AND NOT present`;
	spool.db.exec(top);
	// Like a new reply: below the deepest level it is stored beside its parent, whose id it keeps.
	const below = spool.prepare(`
		UPDATE comments SET path = (SELECT substr(above.path, 1, 48) FROM comments AS above WHERE above.n = comments.parent_n)
			|| printf('%08x', comment_id)
		WHERE depth = :depth AND parent_n IS NOT NULL AND NOT present`);
	for (let depth = 1, last = deepest(spool); depth <= last; depth++) below.run({ depth });
	spool.db.exec("CREATE INDEX comments_order ON comments (post_id, path)");
}
