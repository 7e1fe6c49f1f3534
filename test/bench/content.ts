import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const english =
	"A page that is the same for everyone can be kept close to everyone, and a page kept close needs nobody to make it again. ";
const japanese =
	"だれにとっても同じページは、だれの近くにも置いておける。近くに置いたページは、作り直す人を待たなくてよい。";

/**
 * Writes a blog of so many posts of about five kilobytes, every other one in Japanese. The first takes no comments. Words
 * come as often as words do, so that a bundle is about as large as that of a blog somebody wrote.
 */
export function writeBlog(folder: string, posts: number): void {
	mkdirSync(join(folder, "posts"), { recursive: true });
	writeFileSync(
		join(folder, "site.yaml"),
		"title: Bench\nurl: https://bench.example\nlog_sample: 0\nlimits: { comments_per_hour: 1000000, comments_per_day: 1000000 }\n",
	);
	for (let number = 0; number < posts; number++) {
		const day = new Date(Date.UTC(2000, 0, 1 + (number % 9000))).toISOString().slice(0, 10);
		const lang = number % 2 === 0 ? "en" : "ja";
		const next = numbersFrom(number);
		const prose = (length: number) =>
			lang === "en" ? englishProse(next, length) : japaneseProse(next, length);
		const paragraphs = Array.from({ length: 4 }, (_, at) => {
			const text = Array.from({ length: 2 }, () => prose(lang === "en" ? 600 : 200)).join("\n\n");
			return `## Part ${at + 1}\n\n${text}\n`;
		}).join("\n");
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

type Numbers = () => number;

/** The same numbers from 0 to 1 for the same seed (a linear congruential generator), the small ones more often. */
function numbersFrom(seed: number): Numbers {
	let state = (seed * 2_654_435_761 + 1) >>> 0;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return (state / 2 ** 32) ** 3;
	};
}

const syllables = "ka ti mo re sun ver al on ing der st ar lo in pe qua ro the ma ne wi cor es ul".split(" ");

function englishProse(next: Numbers, length: number): string {
	let text = "";
	while (text.length < length) {
		const word = Math.floor(next() * 4000);
		const parts = [word % 24, Math.floor(word / 24) % 24, Math.floor(word / 576)].map((at) => syllables[at]);
		text += `${parts.join("")}${word % 13 === 0 ? ", " : " "}`;
	}
	return `${text.trim().replace(/,$/, "")}.`;
}

const particles = ["は", "を", "が", "に", "で", "と", "の", "、", "。", "ました。", "という", "から"];

function japaneseProse(next: Numbers, length: number): string {
	let text = "";
	while (text.length < length) {
		const word = Math.floor(next() * 4000);
		const kanji = String.fromCharCode(0x4e00 + (word % 61) * 37, 0x5200 + (word % 97) * 29);
		text += kanji + particles[Math.floor(next() * particles.length)];
	}
	return `${text.replace(/[、。]$/, "")}。`;
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
