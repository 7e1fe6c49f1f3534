import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const english =
	"A page that is the same for everyone can be kept close to everyone, and a page kept close needs nobody to make it again. ";
const japanese =
	"だれにとっても同じページは、だれの近くにも置いておける。近くに置いたページは、作り直す人を待たなくてよい。";

/** Writes a blog of so many posts of about five kilobytes, every other one in Japanese. The first takes no comments. */
export function writeBlog(folder: string, posts: number): void {
	mkdirSync(join(folder, "posts"), { recursive: true });
	writeFileSync(join(folder, "site.yaml"), "title: Bench\nurl: https://bench.example\n");
	for (let number = 0; number < posts; number++) {
		const day = new Date(Date.UTC(2000, 0, 1 + (number % 9000))).toISOString().slice(0, 10);
		const lang = number % 2 === 0 ? "en" : "ja";
		const prose = lang === "en" ? english.repeat(10) : japanese.repeat(7);
		const paragraphs = Array.from({ length: 4 }, (_, at) => `## Part ${at + 1}\n\n${prose}\n`).join("\n");
		const front = [
			`title: Post ${number}`,
			`date: ${day}`,
			`lang: ${lang}`,
			`tags: [tag ${number % 50}]`,
			`categories: [category ${number % 10}]`,
			...(number === 0 ? ["comments: off"] : []),
		];
		writeFileSync(
			join(folder, "posts", `p${number}.md`),
			`---\n${front.join("\n")}\n---\n${paragraphs}\n- one\n- two\n`,
		);
	}
}

/** Fills a post's thread with comments of a few lines, every third a reply to the one before. */
export async function fillThread(origin: string, postId: string, comments: number): Promise<void> {
	let previous = "";
	for (let number = 0; number < comments; number++) {
		const fields = {
			post: postId,
			name: number % 2 === 0 ? `Reader ${number}` : `読者${number}`,
			text: `${number % 2 === 0 ? english : japanese}\n\n**${number}**`,
			...(number % 3 === 2 ? { parent: previous } : {}),
		};
		const response = await fetch(`${origin}/comments`, {
			method: "POST",
			redirect: "manual",
			headers: { "Sec-Fetch-Site": "same-origin", "CF-Connecting-IP": `192.0.2.${number}` },
			body: new URLSearchParams(fields),
		});
		const landing = response.headers.get("Location");
		if (landing === null) throw new Error(`A comment was answered ${response.status}`);
		previous = landing.match(/#comment-(\d+)$/)?.[1] ?? "";
	}
}
