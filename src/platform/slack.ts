import type { Channel } from "../notifications/channel.ts";
import type { HostResolver } from "./dns.ts";
import { hostname, postJson, requestsOf } from "./post-json.ts";

/** Sends notices to a Slack incoming webhook, or to a compatible one (Mattermost, Rocket.Chat). */
export function slackChannel(url: string, lang: string, resolve: HostResolver): Channel {
	const resolver = hostname(url) === "hooks.slack.com" ? null : resolve;
	return {
		name: "slack",
		isIdempotent: false,
		subrequests: requestsOf(resolver),
		async send(notice) {
			const { chatText } = await import("../notifications/message.ts");
			return postJson(
				{
					url,
					headers: { "Content-Type": "application/json" },
					body: JSON.stringify({
						text: chatText(notice, lang, escapeMrkdwn),
						unfurl_links: false,
						unfurl_media: false,
					}),
					service: "Slack",
				},
				resolver,
			);
		},
	};
}

/**
 * Escapes Slack's mrkdwn, in which `<…>` is a link or mention and only these three characters are special. Mattermost also
 * notifies a whole channel at a plain `@channel`, which `defang` prevents in a visitor's text.
 */
function escapeMrkdwn(text: string): string {
	return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
