import type { Channel } from "../notifications/channel.ts";
import { excerpt } from "../notifications/defang.ts";
import { chatText } from "../notifications/message.ts";
import type { HostResolver } from "./dns.ts";
import { postJson } from "./post-json.ts";

/** Most characters of a Discord message. */
const maxLength = 2000;

/** `SUPPRESS_EMBEDS`: no link preview. */
const suppressEmbeds = 1 << 2;

/** Sends notices to a Discord webhook. */
export function discordChannel(url: string, lang: string, resolve: HostResolver): Channel {
	return {
		name: "discord",
		send: (notice) =>
			postJson(
				{
					url,
					headers: { "Content-Type": "application/json" },
					body: JSON.stringify({
						content: excerpt(chatText(notice, lang, escapeMarkdown), maxLength - 1),
						allowed_mentions: { parse: [] },
						flags: suppressEmbeds,
					}),
					service: "Discord",
				},
				resolve,
			),
	};
}

/** Escapes Discord's Markdown; mentions are disabled for the whole message. */
function escapeMarkdown(text: string): string {
	return text.replace(/[\\*_~`|<>[\]()#-]/g, "\\$&");
}
