import type { Channel } from "../notifications/channel.ts";
import { excerpt } from "../notifications/defang.ts";
import type { HostResolver } from "./dns.ts";
import { hostname, postJson, requestsOf } from "./post-json.ts";

/** Most characters of a Discord message. */
const maxLength = 2000;

/** `SUPPRESS_EMBEDS`: no link preview. */
const suppressEmbeds = 1 << 2;

/** Hosts of Discord's own webhooks, which need no DNS query. */
const discordHosts: ReadonlySet<string> = new Set(["discord.com", "discordapp.com"]);

/** Sends notices to a Discord webhook. */
export function discordChannel(url: string, lang: string, resolve: HostResolver): Channel {
	const resolver = discordHosts.has(hostname(url)) ? null : resolve;
	return {
		name: "discord",
		isIdempotent: false,
		subrequests: requestsOf(resolver),
		async send(notice) {
			const { chatText } = await import("../notifications/message.ts");
			return postJson(
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
				resolver,
			);
		},
	};
}

/** Escapes Discord's Markdown; mentions are disabled for the whole message. */
function escapeMarkdown(text: string): string {
	return text.replace(/[\\*_~`|<>[\]()#-]/g, "\\$&");
}
