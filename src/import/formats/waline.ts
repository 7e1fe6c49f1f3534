import { createHash } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { jsonMember, jsonText, readJson } from "../input/json.ts";
import { headOf, type SourceFile } from "../input/source-file.ts";
import { isSqlite, readSqlite } from "../input/sqlite.ts";
import { plainTextOf } from "../plain-text.ts";
import type { Format } from "../reader.ts";
import type { CommentRecord, SourceText, Time } from "../record.ts";

/** Waline and Valine: LeanCloud's JSON (an array, lines, or in `results`), Waline's own export, and its SQLite database. */
export const waline: Format = {
	name: "waline",
	title: "Waline or Valine (LeanCloud, Waline's export, SQLite)",
	detect({ text, bytes }) {
		if (isSqlite(bytes)) return /CREATE TABLE\s+\S*Comment\b[^;]*\binsertedAt\b/i.test(text);
		if (/^\ufeff?#filetype:JSON-streaming\b.*"class"\s*:\s*"Comment"/.test(text)) return true;
		if (!/^\ufeff?(?:#[^\n]*\n)?\s*[[{]/.test(text)) return false;
		return (
			isOwnExport(text) ||
			(/"(?:objectId|insertedAt)"\s*:/.test(text) && /"nick"\s*:/.test(text) && /"comment"\s*:/.test(text))
		);
	},
	async *read(file) {
		// Neither says which blog it is of. LeanCloud's ids are unique in the world; those of databases begin with 1.
		yield { kind: "site", id: "site", source: "waline", title: "", address: null, timezone: null };
		const head = Buffer.from(await headOf(file, 65_536));
		if (isSqlite(head)) {
			for await (const { row, users } of readSqlite(file, databaseRows)) yield commentOf(row, users);
			return;
		}
		const text = head.toString("utf8").replace(/^\ufeff?(?:#[^\n]*\n)?\s*/, "");
		const users = isOwnExport(text) ? await readUsers(file) : new Map<string, User>();
		for await (const { value, line } of readJson(file, pathOf(text))) {
			if (typeof value === "object" && value !== null) yield { ...commentOf(value, users), line };
			else yield { kind: "remark", line, message: "a value that is no comment; left out." };
		}
	},
};

/** A person with an account at Waline. */
type User = { name: string; isAdministrator: boolean };

function isOwnExport(text: string): boolean {
	return /^[^[]{0,200}"type"\s*:\s*"waline"/.test(text);
}

function pathOf(text: string): string {
	if (isOwnExport(text)) return "$.data.Comment.*";
	if (text.startsWith("[")) return "$.*";
	return /^\{\s*"results"\s*:/.test(text) ? "$.results.*" : "$";
}

async function readUsers(file: SourceFile): Promise<Map<string, User>> {
	const users = new Map<string, User>();
	for await (const { value } of readJson(file, "$.data.Users.*")) addUser(users, value);
	return users;
}

function addUser(users: Map<string, User>, value: unknown): void {
	const id = jsonText(value, "objectId") || jsonText(value, "id");
	const isAdministrator = jsonText(value, "type") === "administrator";
	if (id !== "") users.set(id, { name: jsonText(value, "display_name"), isAdministrator });
}

function* databaseRows(db: DatabaseSync): Generator<{ row: object; users: Map<string, User> }> {
	const users = new Map<string, User>();
	for (const table of tablesOf(db, "Users")) {
		for (const row of db.prepare(`SELECT * FROM ${table}`).iterate()) addUser(users, { ...row });
	}
	for (const table of tablesOf(db, "Comment")) {
		for (const row of db.prepare(`SELECT * FROM ${table} ORDER BY rowid`).iterate())
			yield { row: { ...row }, users };
	}
}

/** Returns the tables of a name after the prefix that Waline was set up with, quoted. */
function tablesOf(db: DatabaseSync, name: string): string[] {
	const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
		name: string;
	}[];
	return tables
		.filter((table) => table.name.endsWith(name))
		.map((table) => `"${table.name.replaceAll('"', '""')}"`);
}

const states: Record<string, CommentRecord["state"]> = {
	approved: "published",
	waiting: "held",
	spam: "spam",
	deleted: "deleted",
};

function commentOf(value: object, users: ReadonlyMap<string, User>): CommentRecord {
	const of = (key: string) => jsonText(value, key).trim();
	const user = users.get(of("user_id"));
	const parent = of("pid") || of("rid");
	const id =
		of("objectId") ||
		of("id") ||
		createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 20);
	const created = timeOf(value, "insertedAt") ?? timeOf(value, "createdAt");
	return {
		kind: "comment",
		type: "comment",
		id,
		...(/^\d+$/.test(id) && created !== null ? { key: `${id}@${textOfTime(created)}` } : {}),
		entry: { addresses: [of("url")].filter((address) => address !== "") },
		parent: parent === "" || parent === "0" ? null : parent,
		state: stateOf(value),
		name: plainTextOf(of("nick") || (user?.name ?? "")),
		email: of("mail") || null,
		website: of("link") || null,
		text: textOf(jsonText(value, "comment")),
		created,
		byAuthor: user?.isAdministrator ?? false,
		keepsNumber: false,
	};
}

/** Reads the state. Valine has none, only a mark of its spam filter; a state that Waline does not have is not public. */
function stateOf(value: object): CommentRecord["state"] {
	const isSpam = jsonMember(value, "isSpam");
	if (isSpam === true || isSpam === 1 || isSpam === "true") return "spam";
	const status = jsonText(value, "status").trim();
	return status === "" ? "published" : (states[status] ?? "held");
}

/** Reads a time: epoch milliseconds, an ISO 8601 time as text or in an object, or one without a zone. */
function timeOf(value: object, key: string): Time | null {
	const member = jsonMember(value, key);
	if (typeof member === "number") return { at: member };
	const text = (typeof member === "string" ? member : jsonText(member, "iso")).trim();
	const local = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)?$/.exec(text);
	if (local !== null) return { local: `${local[1]}T${local[2]}` };
	const at = Date.parse(text);
	return Number.isNaN(at) ? null : { at };
}

/** Returns a time to the second, in which Waline's own export and its database agree. */
function textOfTime(time: Time): string {
	return "local" in time ? time.local : new Date(time.at).toISOString().slice(0, 19);
}

/** Tells Valine's HTML from Waline's Markdown. Mentions of whom a comment replies to become names. */
function textOf(text: string): SourceText {
	const isHtml =
		/^\s*<[a-z]/i.test(text) ||
		/<a\b[^>]*\bclass="at"/.test(text) ||
		(/<br\s*\/?>|<img\b/i.test(text) && !text.includes("`"));
	return isHtml
		? { format: "html", text: text.replace(/(<a\b[^>]*\bclass="at"[^>]*>[^<]*<\/a>)\s*,\s*/g, "$1 ") }
		: { format: "markdown", text: text.replace(/^\[(@[^\]\n]*)\]\(#[^)\s]*\)\s*[:,]?\s*/, "$1 ") };
}
