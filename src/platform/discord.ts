import type { Channel } from "../notifications/channel.ts";
import { beginning } from "../notifications/defused.ts";
import { chatText } from "../notifications/message.ts";
import type { Resolve } from "./dns.ts";
import { postOut } from "./outgoing.ts";

/** Characters Discord takes in a message. */
const longest = 2000;

/** `SUPPRESS_EMBEDS`: no preview of the link. */
const suppressEmbeds = 1 << 2;

/** A Discord webhook. */
export function discordChannel(url: string, lang: string, resolve: Resolve): Channel {
	return {
		name: "discord",
		send: (notice) =>
			postOut(
				{
					url,
					headers: { "Content-Type": "application/json" },
					body: JSON.stringify({
						content: beginning(chatText(notice, lang, escaped), longest - 1),
						allowed_mentions: { parse: [] },
						flags: suppressEmbeds,
					}),
					who: "Discord",
				},
				resolve,
			),
	};
}

/** Discord's Markdown signs, made plain; mentions are off for the whole message. */
function escaped(text: string): string {
	return text.replace(/[\\*_~`|<>[\]()#-]/g, "\\$&");
}
