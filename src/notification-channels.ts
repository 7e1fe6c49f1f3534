import type { Env } from "./env.ts";
import type { Channel } from "./notifications/channel.ts";
import type { LocalMails } from "./notifications/local-mails.ts";
import type { Mailer } from "./notifications/mail.ts";
import { mailChannel } from "./notifications/mail-channel.ts";
import type { ModerationLinks } from "./notifications/notice.ts";
import { discordChannel } from "./platform/discord.ts";
import type { HostResolver } from "./platform/dns.ts";
import { bindingMailer } from "./platform/email-binding.ts";
import { resendMailer } from "./platform/resend.ts";
import { slackChannel } from "./platform/slack.ts";
import { webhookChannel } from "./platform/webhook.ts";
import { lazy } from "./posts/lazy.ts";
import type { Site } from "./posts/site.ts";

/** The notification channels configured for this deployment. */
export type NotificationChannels = {
	channels: readonly Channel[];
	/** Whether readers can be mailed. */
	canMail: boolean;
	/** The owner's e-mail address; null for no mail to the owner. */
	owner: string | null;
	moderationLinks: ModerationLinks;
};

/** Creates the channels of a deployment; in development mails are stored in `localMails` instead of being sent. */
export function connectChannels(env: Env, site: Site, localMails: LocalMails | null): NotificationChannels {
	const mailer = mailerFrom(env, site, localMails);
	const owner = env.OWNER_EMAIL || (env.DEVELOPMENT === "1" ? "owner@localhost" : null);
	const secret = env.SIGNING_SECRET ?? null;
	return {
		channels: [
			...(mailer === null ? [] : [mailChannel(mailer, { site, owner, secret })]),
			...webhooksFrom(env, site),
		],
		canMail: mailer !== null,
		owner,
		moderationLinks: moderationLinksFrom(env, site),
	};
}

/** Returns the signer of moderation links in notices; without a signing secret there are no links. */
function moderationLinksFrom({ SIGNING_SECRET: secret }: Env, site: Site): ModerationLinks {
	if (!secret) return async () => [];
	const signer = lazy(async () => {
		const { moderationLinkSigner } = await import("./moderation/moderation-links.ts");
		const { mailStringsFor } = await import("./notifications/strings/strings.ts");
		const { approve, markSpam, remove } = mailStringsFor(site.language);
		const labels = { published: approve, spam: markSpam, deleted: remove };
		return moderationLinkSigner({ base: site.url, actor: site.author.name, secret, labels, now: Date.now });
	});
	return async (comment, event) => (await signer())(comment, event);
}

/** Returns the mailer: local storage in development, else the configured provider; null without one. */
function mailerFrom(env: Env, { title, notifications }: Site, localMails: LocalMails | null): Mailer | null {
	if (localMails !== null) return localMails.mailer;
	if (notifications.from === null) return null;
	const from = { name: title, email: notifications.from };
	if (env.RESEND_API_KEY) return resendMailer(env.RESEND_API_KEY, from);
	return env.EMAIL === undefined ? null : bindingMailer(env.EMAIL, from);
}

/** Returns the webhook and chat channels, which receive what the owner receives. */
function webhooksFrom(env: Env, { language }: Site): Channel[] {
	const { WEBHOOK_URL, WEBHOOK_SECRET, SLACK_WEBHOOK_URL, DISCORD_WEBHOOK_URL } = env;
	const webhook = WEBHOOK_URL && WEBHOOK_SECRET ? { url: WEBHOOK_URL, secret: WEBHOOK_SECRET } : null;
	return [
		...(webhook ? [webhookChannel(webhook, resolveOverHttps)] : []),
		...(SLACK_WEBHOOK_URL ? [slackChannel(SLACK_WEBHOOK_URL, language, resolveOverHttps)] : []),
		...(DISCORD_WEBHOOK_URL ? [discordChannel(DISCORD_WEBHOOK_URL, language, resolveOverHttps)] : []),
	];
}

/** Loads the resolver when a host is first looked up. */
const resolveOverHttps: HostResolver = async (host) =>
	(await import("./platform/dns.ts")).resolveOverHttps(host);
