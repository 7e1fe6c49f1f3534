import { exportSchema } from "../../../../src/export/schema.ts";
import { escapeCommentText, escapeMarkdown } from "../../../../src/import/convert/escape.ts";
import { isHidden, type OldBlog, type OldComment, type OldEntry, oldPath } from "../old-blog.ts";

/** Writes edgecat's own export, as a tar of the folder. */
export function writeEdgecat({ entries, comments }: OldBlog): Uint8Array {
	const files = Object.fromEntries(entries.map((entry) => [fileOf(entry), textOf(entry)]));
	return tar({
		"out/content/site.yaml": "title: Old\nurl: https://old.example\n",
		...files,
		"out/comments.jsonl": lines(comments.map(commentOf)),
		"out/reactions.jsonl": lines(
			comments
				.filter(({ state }) => state === "published")
				.map(({ number, entry, created }) => ({
					post: `entry-${entry}`,
					comment: number,
					reaction: "like",
					visitor: "v",
					createdAt: iso(created),
				})),
		),
		"out/erasures.jsonl": "",
		"out/schema.json": JSON.stringify(exportSchema, null, "\t"),
	});
}

/** Drafts of pages are drafts of posts here. */
const isPage = ({ kind, state }: OldEntry) => kind === "page" && !isHidden(state);

const fileOf = (entry: OldEntry) =>
	`out/content/${isPage(entry) ? "pages" : "posts"}/entry-${entry.number}.md`;

function textOf(entry: OldEntry): string {
	const { number, title, state, published, categories, tags, paragraphs } = entry;
	const keys = [
		`title: ${JSON.stringify(title)}`,
		`id: entry-${number}`,
		`aliases: [${JSON.stringify(oldPath(entry))}]`,
		...(isPage(entry)
			? []
			: [
					`date: ${iso(published)}`,
					`categories: ${JSON.stringify(categories)}`,
					`tags: ${JSON.stringify(tags)}`,
					...(isHidden(state) ? ["draft: true"] : []),
				]),
	];
	return `---\n${keys.join("\n")}\n---\n\n${paragraphs.map(escapeMarkdown).join("\n\n")}\n`;
}

function commentOf({ number, entry, parent, name, website, text, state, created }: OldComment) {
	return {
		id: number,
		post: `entry-${entry}`,
		// Ids begin with 1; that of no comment stands for one that is missing.
		parent: parent === 0 ? 99 : parent,
		state,
		name,
		email: null,
		website: website === "" ? null : website,
		visitor: "v",
		text: escapeCommentText(text),
		lang: null,
		createdAt: iso(created),
		publishedAt: state === "published" ? iso(created) : null,
		editedAt: null,
		version: 1,
		byAuthor: false,
		verified: false,
		findings: null,
		importedFrom: null,
		earlierVersions: [],
	};
}

const iso = (at: number) => new Date(at).toISOString();

const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** Writes a tar (ustar) of files with short names. */
function tar(files: Readonly<Record<string, string>>): Uint8Array {
	const blocks: Buffer[] = [];
	for (const [name, text] of Object.entries(files)) {
		const content = Buffer.from(text);
		const header = Buffer.alloc(512);
		header.write(name);
		header.write("0000600\0", 100);
		header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124);
		header.write("00000000000\0", 136);
		header.write("        0", 148);
		header.write("ustar\u000000", 257);
		const sum = header.reduce((total, byte) => total + byte, 0);
		header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
		blocks.push(header, content, Buffer.alloc((512 - (content.length % 512)) % 512));
	}
	return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}
