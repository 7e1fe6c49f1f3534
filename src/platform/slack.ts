import type { Channel } from "../notifications/channel.ts";
import { chatText } from "../notifications/message.ts";
import type { Resolve } from "./dns.ts";
import { postOut } from "./outgoing.ts";

/** A Slack incoming webhook, or whatever takes the same (Mattermost, Rocket.Chat). */
export function slackChannel(url: string, lang: string, resolve: Resolve): Channel {
	return {
		name: "slack",
		send: (notice) =>
			postOut(
				{
					url,
					headers: { "Content-Type": "application/json" },
					body: JSON.stringify({
						text: chatText(notice, lang, escaped),
						unfurl_links: false,
						unfurl_media: false,
					}),
					who: "Slack",
				},
				resolve,
			),
	};
}

/**
 * Slack reads `<…>` as links and mentions; these three signs escaped are all it needs. Mattermost also calls everybody
 * in the room at a plain `@channel`: a zero-width space keeps it from being one.
 */
function escaped(text: string): string {
	return text
		.replaceAll("&", "&amp;")
		.replaceAll("<", "&lt;")
		.replaceAll(">", "&gt;")
		.replace(/@(?!\u200B)/g, "@\u200B");
}
