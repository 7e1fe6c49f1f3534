import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { escapeCommentText } from "../../../../src/import/convert/escape.ts";
import { needles, type OldBlog, type OldComment, oldAddress, oldPath } from "../old-blog.ts";
import { escapeXml } from "./wordpress.ts";

const statuses: Record<OldComment["state"], string> = {
	published: "approved",
	held: "waiting",
	spam: "spam",
	deleted: "deleted",
};

/** Writes Waline's own export: Markdown, users with password hashes beside the comments. */
export function writeWaline(blog: OldBlog): string {
	const Comment = blog.comments.map((comment) => ({
		...common(blog, comment),
		comment: escapeCommentText(comment.text),
		insertedAt: new Date(comment.created).toISOString(),
		status: statuses[comment.state],
	}));
	const Users = [
		{
			objectId: "1",
			display_name: "Mika",
			email: needles.email,
			password: "$2a$08$needle",
			type: "administrator",
		},
	];
	return JSON.stringify({
		type: "waline",
		version: 1,
		time: 0,
		tables: ["Comment", "Counter", "Users"],
		data: { Comment, Counter: [], Users },
	});
}

/** Writes LeanCloud's lines: HTML, times in objects, Valine's mark of spam and no other state. */
export function writeValine(blog: OldBlog): string {
	const lines = blog.comments.map((comment) =>
		JSON.stringify({
			...common(blog, comment),
			comment: `<p>${escapeXml(comment.text).replaceAll("\n", "<br>")}</p>\n`,
			insertedAt: { __type: "Date", iso: new Date(comment.created).toISOString() },
			isSpam: comment.state === "spam",
			ACL: { "*": { read: true } },
		}),
	);
	return ['#filetype:JSON-streaming {"type":"Class","class":"Comment"}', ...lines, ""].join("\n");
}

/** Writes Waline's SQLite database, whose times have no zone. */
export function writeWalineSqlite(blog: OldBlog): Uint8Array {
	const folder = mkdtempSync(join(tmpdir(), "edgecat-waline-"));
	try {
		const file = join(folder, "waline.sqlite");
		const db = new DatabaseSync(file);
		db.exec(`PRAGMA journal_mode = OFF;
			CREATE TABLE wl_Comment (id INTEGER PRIMARY KEY AUTOINCREMENT, user_id INTEGER, comment TEXT, insertedAt TIMESTAMP,
				ip VARCHAR(100), link VARCHAR(255), mail VARCHAR(255), nick VARCHAR(255), pid INTEGER, rid INTEGER, sticky NUMERIC,
				status VARCHAR(50), like INTEGER, ua TEXT, url VARCHAR(255), createdAt TIMESTAMP, updatedAt TIMESTAMP);
			CREATE TABLE wl_Users (id INTEGER PRIMARY KEY, display_name TEXT, email TEXT, password TEXT, type TEXT)`);
		const insert =
			db.prepare(`INSERT INTO wl_Comment (id, comment, insertedAt, ip, link, mail, nick, pid, rid, status, ua, url)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`);
		for (const comment of blog.comments) {
			const { link, nick, url } = common(blog, comment);
			const time = new Date(comment.created).toISOString().slice(0, 19).replace("T", " ");
			const { number, parent, text, state } = comment;
			insert.run(
				number,
				escapeCommentText(text),
				time,
				needles.ip,
				link,
				needles.email,
				nick,
				parent,
				parent,
				statuses[state],
				needles.agent,
				url,
			);
		}
		db.close();
		return readFileSync(file);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

function common({ entries }: OldBlog, { number, entry, parent, name, website }: OldComment) {
	const on = entries.find((each) => each.number === entry);
	const path = on === undefined ? "/" : oldPath(on);
	return {
		objectId: String(number),
		nick: name,
		link: website,
		mail: needles.email,
		ip: needles.ip,
		ua: needles.agent,
		url: number % 2 === 0 ? encodeURI(path) : oldAddress + path,
		...(parent === null ? {} : { pid: String(parent), rid: String(parent) }),
	};
}
