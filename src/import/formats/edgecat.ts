import * as v from "valibot";
import { parse } from "yaml";
import { commentStates } from "../../comments/comment.ts";
import { roles } from "../../members/member.ts";
import { auditKinds } from "../../moderation/audit-log.ts";
import { subscriptionStates } from "../../notifications/subscription.ts";
import { hostOf } from "../addresses.ts";
import { ImportError } from "../error.ts";
import { readLines } from "../input/lines.ts";
import { readText, type SourceFile } from "../input/source-file.ts";
import type { Format } from "../reader.ts";
import type { CommentRecord, FileRecord, RowKind, RowRecord, SiteRecord } from "../record.ts";

/** edgecat's own export: a folder with `content/`, which is copied as it is, and a file of JSON Lines for each kind of row. */
export const edgecat: Format = {
	name: "edgecat",
	title: "edgecat's own export (the folder that npm run export made)",
	main: "schema.json",
	detect: ({ text }) =>
		/^\ufeff?\s*\{\s*(?:"\$\w+"\s*:\s*"[^"]*"\s*,\s*)*"title"\s*:\s*"edgecat export"/.test(text),
	async *read(file, { parts }) {
		const folder = file.path.slice(0, -"schema.json".length);
		const inside = new Map(parts.map((part) => [part.path.slice(folder.length), part]));
		const content = [...inside.keys()].filter((path) => path.startsWith("content/"));
		if (content.length === 0) {
			throw new ImportError(
				`${file.name} describes an export that is not beside it; name the export's folder.`,
			);
		}
		yield await siteOf(inside.get("content/site.yaml"));
		for (const path of content.sort()) yield copyOf(path.slice("content/".length), path);
		for (const { name, toRecord } of recordFiles) {
			const part = inside.get(`${name}.jsonl`);
			if (part === undefined) continue;
			for await (const { number, text } of readLines(part)) {
				if (text === "") continue;
				const record = recordOf(text, toRecord, `${part.name}:${number}`);
				yield record.kind === "row"
					? { ...record, line: number, id: String(number) }
					: { ...record, line: number };
			}
		}
	},
};

async function siteOf(file: SourceFile | undefined): Promise<SiteRecord> {
	const text = file === undefined ? "" : await readText(file);
	const settings = v.safeParse(siteSettings, parseYaml(text));
	const {
		title = "",
		url = null,
		blog_id: blogId,
		timezone = null,
	} = settings.success ? settings.output : {};
	const source = `edgecat:${blogId ?? hostOf(url)}`;
	return { kind: "site", id: "site", source, title, address: url?.replace(/\/+$/, "") ?? null, timezone };
}

function parseYaml(text: string): unknown {
	try {
		return parse(text);
	} catch {
		// The build says where it is wrong; an import needs nothing of it.
		return null;
	}
}

const siteSettings = v.object({
	title: v.optional(v.string()),
	url: v.optional(v.string()),
	blog_id: v.optional(v.string()),
	timezone: v.optional(v.string()),
});

function copyOf(path: string, id: string): FileRecord {
	const [, folder] = /^(posts|pages)\/.*\.md$/i.exec(path) ?? [];
	return { kind: "copy", as: folder === "posts" ? "post" : folder === "pages" ? "page" : "file", id, path };
}

type LineRecord = CommentRecord | RowRecord;

function recordOf(text: string, toRecord: (value: unknown) => LineRecord, place: string): LineRecord {
	try {
		return toRecord(JSON.parse(text));
	} catch (error) {
		if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
		const reason =
			error instanceof v.ValiError
				? `${v.getDotPath(error.issues[0]) ?? "record"}: ${error.message}`
				: error.message;
		throw new ImportError(
			`${place}: the line is incomplete or damaged (${reason}); nothing was imported. Export or copy it again.`,
		);
	}
}

const id = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(0xffffffff));
const textOrNull = v.nullable(v.string());
const time = v.pipe(
	v.string(),
	v.transform((text) => Date.parse(text)),
	v.check((at) => Number.isInteger(at), "is no time"),
);
const timeOrNull = v.nullable(time);

const commentLine = v.object({
	id,
	post: v.string(),
	parent: v.nullable(id),
	state: v.picklist(commentStates),
	name: v.string(),
	email: textOrNull,
	website: textOrNull,
	visitor: v.string(),
	text: v.string(),
	lang: textOrNull,
	createdAt: time,
	publishedAt: timeOrNull,
	editedAt: timeOrNull,
	version: id,
	byAuthor: v.boolean(),
	verified: v.boolean(),
	findings: v.nullable(v.array(v.record(v.string(), v.unknown()))),
	importedFrom: v.nullable(v.object({ source: v.string(), id: v.string() })),
	earlierVersions: v.array(
		v.object({
			name: v.string(),
			website: textOrNull,
			text: v.string(),
			writtenAt: time,
			replacedAt: time,
			actor: textOrNull,
			operation: v.string(),
		}),
	),
});

function commentOf(value: unknown): CommentRecord {
	const line = v.parse(commentLine, value);
	const { post, parent, state, name, email, website, byAuthor, visitor, findings } = line;
	return {
		kind: "comment",
		type: "comment",
		id: String(line.id),
		entry: { post },
		parent: parent === null ? null : String(parent),
		...{ state, name, email, website, byAuthor },
		text: { format: "markdown", text: line.text },
		created: { at: line.createdAt },
		keepsNumber: true,
		own: {
			visitor,
			lang: line.lang,
			publishedAt: line.publishedAt,
			editedAt: line.editedAt,
			version: line.version,
			verified: line.verified,
			findings: findings === null ? null : JSON.stringify(findings),
			origin: line.importedFrom,
			earlierVersions: line.earlierVersions,
		},
	};
}

type RowFacts = {
	as: RowKind;
	at: number | null;
	comment?: number | null;
	visitor?: string;
	fields: RowRecord["fields"];
};

/** Makes the function that reads a line by its schema. */
function rowsOf<S extends v.GenericSchema>(schema: S, toFacts: (line: v.InferOutput<S>) => RowFacts) {
	return (value: unknown): RowRecord => ({
		...{ kind: "row", id: "", comment: null, visitor: "" },
		...toFacts(v.parse(schema, value)),
	});
}

const kindOfReaction = v.pipe(v.string(), v.regex(/^[a-z_]+$/));

const recordFiles: readonly { name: string; toRecord(value: unknown): LineRecord }[] = [
	{ name: "comments", toRecord: commentOf },
	{
		name: "people",
		toRecord: rowsOf(
			v.object({
				person: v.picklist(["member", "reader"]),
				name: v.string(),
				role: v.nullable(v.picklist(roles)),
				email: textOrNull,
				visitor: textOrNull,
				since: time,
				leftAt: timeOrNull,
			}),
			({ person, name, role, email, visitor, since: at, leftAt }) => ({
				...{ as: person, at, visitor: visitor ?? "" },
				fields:
					person === "member"
						? { name, role: role ?? "moderator", at, leftAt }
						: { name, email: email ?? "", visitor: visitor ?? "", at },
			}),
		),
	},
	{
		name: "threads",
		toRecord: rowsOf(
			v.object({ post: v.string(), closedAt: timeOrNull, pinned: v.nullable(id) }),
			({ post, closedAt, pinned }) => ({
				as: "thread",
				at: null,
				comment: pinned,
				fields: { post, closedAt },
			}),
		),
	},
	{
		name: "reactions",
		toRecord: rowsOf(
			v.object({
				post: v.string(),
				comment: v.nullable(id),
				reaction: kindOfReaction,
				visitor: v.string(),
				createdAt: time,
			}),
			({ post, comment, reaction, visitor, createdAt: at }) => ({
				...{ as: "reaction", at, comment, visitor },
				fields: { post, reaction, visitor, at },
			}),
		),
	},
	{
		name: "subscriptions",
		toRecord: rowsOf(
			v.object({
				email: v.string(),
				post: v.string(),
				comment: v.nullable(id),
				state: v.picklist(subscriptionStates),
				visitor: v.string(),
				requestedAt: time,
				createdAt: time,
				confirmedAt: timeOrNull,
			}),
			({ email, post, comment, state, visitor, requestedAt, createdAt: at, confirmedAt }) => ({
				...{ as: "subscription", at, comment, visitor },
				fields: { email, post, state, visitor, requestedAt, at, confirmedAt },
			}),
		),
	},
	{
		name: "decisions",
		toRecord: rowsOf(
			v.object({
				decision: v.picklist(auditKinds),
				comment: v.nullable(id),
				post: textOrNull,
				state: v.nullable(v.picklist(commentStates)),
				actor: v.string(),
				reason: v.string(),
				at: time,
				operation: v.string(),
				before: textOrNull,
				after: textOrNull,
				undoneAt: timeOrNull,
				version: v.nullable(id),
			}),
			({ comment, at, ...fields }) => ({ as: "decision", at, comment, fields: { ...fields, at } }),
		),
	},
	{
		name: "erasures",
		toRecord: rowsOf(
			v.object({ source: v.string(), id: v.string(), erasedAt: time }),
			({ source, id: erased, erasedAt }) => ({
				as: "erasure",
				at: null,
				comment: source === "edgecat" && /^[1-9]\d{0,9}$/.test(erased) ? Number(erased) : null,
				fields: { source, id: erased, erasedAt },
			}),
		),
	},
];
