import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { finished } from "node:stream/promises";
import { projectRoot } from "../../src/cli/config.ts";
import { localDatabaseFile } from "../../src/cli/local-database.ts";
import { migrateLocally } from "../../src/cli/migrate.ts";
import { sqliteD1 } from "../../src/cli/sqlite-d1.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const posts = Number(process.env.IMPORT_POSTS ?? 20_000);
const comments = posts * 10;
const disqusComments = posts * 25;

/** Imports a large export of WordPress and measures time, memory, and speed beside a bare insert. */
export async function importing(folder: string, add: Add): Promise<void> {
	const file = join(folder, "export.xml");
	await writeExport(file, posts, comments / posts);
	const content = join(folder, "imported");
	const state = join(folder, "import-state");
	mkdirSync(content);
	writeFileSync(join(content, "site.yaml"), "title: New\nurl: https://new.example\n");
	const failure = await migrateLocally(state);
	if (failure !== null) throw new Error(failure);
	const { seconds, commentSeconds, megabytes } = await run(file, content, state);
	const what = `Importing ${posts.toLocaleString("en")} posts and ${comments.toLocaleString("en")} comments`;
	add(`${what}: time`, `${seconds.toFixed(0)} s`, "", null);
	add(`${what}: peak memory`, `${megabytes.toFixed(0)} MB`, "under 300 MB", megabytes < 300);
	const bare = await bareInsert(state, join(folder, "bare-state"));
	const ratio = bare / commentSeconds;
	add(
		"Comments imported in a second, to a bare insert of the same rows",
		`${(comments / commentSeconds).toFixed(0)} / ${(comments / bare).toFixed(0)} = ${ratio.toFixed(2)}`,
		"at least 0.5",
		ratio >= 0.5,
	);
}

/** Imports a large export of Disqus for posts that are there, and measures the same. */
export async function importingDisqus(folder: string, add: Add): Promise<void> {
	const content = join(folder, "commented");
	const state = join(folder, "disqus-state");
	mkdirSync(join(content, "posts"), { recursive: true });
	writeFileSync(join(content, "site.yaml"), "title: New\nurl: https://new.example\n");
	for (let post = 1; post <= posts; post++) {
		const text = `---\ntitle: Post ${post}\ndate: 2010-01-01\naliases: [/${post}/]\n---\nWords.\n`;
		writeFileSync(join(content, "posts", `post-${post}.md`), text);
	}
	const failure = await migrateLocally(state);
	if (failure !== null) throw new Error(failure);
	const file = join(folder, "disqus.xml");
	await writeDisqusExport(file);
	const { seconds, commentSeconds, megabytes } = await run(file, content, state);
	const what = `Importing ${disqusComments.toLocaleString("en")} comments of Disqus`;
	add(`${what}: time`, `${seconds.toFixed(0)} s`, "", null);
	add(`${what}: peak memory`, `${megabytes.toFixed(0)} MB`, "under 300 MB", megabytes < 300);
	const bare = await bareInsert(state, join(folder, "bare-disqus"));
	const ratio = bare / commentSeconds;
	add(
		"Comments of Disqus imported in a second, to a bare insert of the same rows",
		`${(disqusComments / commentSeconds).toFixed(0)} / ${(disqusComments / bare).toFixed(0)} = ${ratio.toFixed(2)}`,
		"at least 0.5",
		ratio >= 0.5,
	);
}

/** Runs the command and returns its time and the most memory its process had. */
async function run(
	file: string,
	content: string,
	state: string,
): Promise<{ seconds: number; commentSeconds: number; megabytes: number }> {
	const started = performance.now();
	const child = spawn(
		process.execPath,
		["--max-old-space-size=112", "--max-semi-space-size=4", "src/cli/import.ts", file, "--apply"],
		{
			cwd: projectRoot,
			env: { ...process.env, CONTENT_DIR: content, PERSIST_TO: state },
			stdio: ["ignore", "ignore", "inherit"],
		},
	);
	let kilobytes = 0;
	let firstComment = 0;
	const database = await localDatabaseFile(state);
	const watch = setInterval(() => {
		const path = `/proc/${child.pid}/status`;
		const [, peak = "0"] = existsSync(path) ? (/VmHWM:\s*(\d+)/.exec(readFileSync(path, "utf8")) ?? []) : [];
		kilobytes = Math.max(kilobytes, Number(peak));
		if (firstComment === 0 && hasComments(database)) firstComment = performance.now();
	}, 200);
	const code = await new Promise((resolve) => child.once("close", resolve));
	clearInterval(watch);
	if (code !== 0) throw new Error(`the import failed with ${code}`);
	const ended = performance.now();
	return {
		seconds: (ended - started) / 1000,
		commentSeconds: (ended - firstComment) / 1000,
		megabytes: kilobytes / 1024,
	};
}

/** Whether the first comments are in the database. */
function hasComments(file: string): boolean {
	const database = new DatabaseSync(file, { readOnly: true });
	try {
		return database.prepare("SELECT 1 FROM imported_comments LIMIT 1").get() !== undefined;
	} finally {
		database.close();
	}
}

/** Inserts the imported comments into another local database, a thousand rows a statement, and returns the seconds it took. */
async function bareInsert(state: string, folder: string): Promise<number> {
	const failure = await migrateLocally(folder);
	if (failure !== null) throw new Error(failure);
	const source = new DatabaseSync(await localDatabaseFile(state), { readOnly: true });
	const columns = (
		source.prepare("SELECT name FROM pragma_table_info('comments')").all() as { name: string }[]
	).map(({ name }) => name);
	const values = columns.map((name) => `value ->> '${name}'`).join();
	const target = new DatabaseSync(await localDatabaseFile(folder));
	target.exec("PRAGMA synchronous = NORMAL");
	const d1 = sqliteD1(target);
	const insert = d1.prepare(`INSERT INTO comments (${columns.join()}) SELECT ${values} FROM json_each(?)`);
	let rows: unknown[] = [];
	let milliseconds = 0;
	const flush = async () => {
		const started = performance.now();
		await insert.bind(JSON.stringify(rows)).run();
		milliseconds += performance.now() - started;
		rows = [];
	};
	for (const row of source.prepare("SELECT * FROM comments ORDER BY post_id, path").iterate()) {
		rows.push(row);
		if (rows.length === 1000) await flush();
	}
	await flush();
	source.close();
	target.close();
	return milliseconds / 1000;
}

const sentence = "The fog came in over the harbour and the cats went home. ";

/** Writes an export of Disqus: a thread for each post, and comments of which every third is a reply to the one before. */
async function writeDisqusExport(file: string): Promise<void> {
	const { write, end } = openFile(file);
	await write(`<?xml version="1.0" encoding="utf-8"?>
<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n`);
	for (let post = 1; post <= posts; post++) {
		await write(`<thread dsq:id="${1000 + post}"><id /><forum>old</forum><link>https://old.example/${post}/</link>
<title>Post ${post}</title><createdAt>2010-01-01T00:00:00Z</createdAt><isClosed>false</isClosed><isDeleted>false</isDeleted></thread>\n`);
	}
	for (let id = 1; id <= disqusComments; id++) {
		const post = 1 + Math.floor((id - 1) / 25);
		const date = new Date(1_300_000_000_000 + id * 60_000).toISOString().slice(0, 19);
		const parent = id % 25 !== 1 && id % 3 === 2 ? `<parent dsq:id="${9_000_000 + id - 1}" />` : "";
		await write(`<post dsq:id="${9_000_000 + id}"><id /><message><![CDATA[<p>${sentence.repeat(2 + (id % 3))} ${id}</p>]]></message>
<createdAt>${date}Z</createdAt><isDeleted>false</isDeleted><isSpam>false</isSpam>
<author><name>Reader ${id % 977}</name><isAnonymous>true</isAnonymous></author><ipAddress>203.0.113.1</ipAddress>
<thread dsq:id="${1000 + post}" />${parent}</post>\n`);
	}
	await end("</disqus>\n");
}

/** Opens a file that is too large to be held in memory. */
function openFile(file: string) {
	const out = createWriteStream(file);
	return {
		async write(text: string) {
			if (!out.write(text)) await once(out, "drain");
		},
		end(text: string) {
			out.end(text);
			return finished(out);
		},
	};
}

/** Writes an export of WordPress. */
export async function writeExport(file: string, posts: number, commentsPerPost: number): Promise<void> {
	const { write, end } = openFile(file);
	await write(`<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Old</title><link>https://old.example</link><wp:base_blog_url>https://old.example</wp:base_blog_url>\n`);
	let id = 0;
	for (let post = 1; post <= posts; post++) {
		const date = new Date(1_100_000_000_000 + post * 20_000_000).toISOString().slice(0, 19).replace("T", " ");
		const body = `<!-- wp:paragraph --><p>${sentence.repeat(12)}<strong>Number ${post}</strong>.</p><!-- /wp:paragraph -->\n`;
		await write(`<item><title>Post ${post}</title><link>https://old.example/${post}/</link><dc:creator>mika</dc:creator>
<content:encoded><![CDATA[${body.repeat(3)}]]></content:encoded><wp:post_id>${post}</wp:post_id><wp:post_date_gmt>${date}</wp:post_date_gmt>
<wp:comment_status>open</wp:comment_status><wp:post_name>post-${post}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="c"><![CDATA[Category ${post % 20}]]></category>\n`);
		for (let at = 0; at < commentsPerPost; at++) {
			id += 1;
			const parent = at % 3 === 2 ? id - 1 : 0;
			await write(`<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author><![CDATA[Reader ${id % 977}]]></wp:comment_author>
<wp:comment_author_IP>203.0.113.1</wp:comment_author_IP><wp:comment_date_gmt>${date}</wp:comment_date_gmt>
<wp:comment_content><![CDATA[${sentence.repeat(2 + (id % 3))} ${id % 5 === 0 ? 'See <a href="https://a.example/">this</a>.' : ""} ${id}]]></wp:comment_content>
<wp:comment_approved>1</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>\n`);
		}
		await write("</item>\n");
	}
	await end("</channel></rss>\n");
}
