import type { Site } from "../../posts/site.ts";

type Crawlers = Site["crawlers"];

/** Crawlers that collect text to train language models, by the names their makers publish for `robots.txt`. */
const training = [
	"AI2Bot",
	"Amazonbot",
	"Applebot-Extended",
	"Bytespider",
	"CCBot",
	"ClaudeBot",
	"cohere-training-data-crawler",
	"Diffbot",
	"Google-Extended",
	"GPTBot",
	"meta-externalagent",
	"Omgilibot",
	"PanguBot",
	"Timpibot",
];

/** Crawlers that look pages up for the answers of assistants. */
const answering = [
	"ChatGPT-User",
	"Claude-SearchBot",
	"Claude-User",
	"DuckAssistBot",
	"meta-externalfetcher",
	"MistralAI-User",
	"OAI-SearchBot",
	"Perplexity-User",
	"PerplexityBot",
];

/** Returns the group of `robots.txt` (RFC 9309) that asks crawlers of language models to stay away; empty if all may come. */
export function aiRules({ ai }: Crawlers): string {
	if (ai === "allow") return "";
	const names = ai === "block" ? [...training, ...answering] : training;
	return `${names.map((name) => `User-agent: ${name}\n`).join("")}Disallow: /\n\n`;
}

/** Returns the line of content signals (https://contentsignals.org); empty if the owner says nothing. */
export function signalsLine({ signals }: Crawlers): string {
	const said = Object.entries(signals).flatMap(([use, allowed]) =>
		allowed === null ? [] : `${use}=${allowed ? "yes" : "no"}`,
	);
	return said.length === 0 ? "" : `Content-Signal: ${said.join(", ")}\n`;
}
