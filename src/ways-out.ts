import { ownAddress } from "./comments/own-link.ts";
import type { Env } from "./env.ts";
import { linksInNotice } from "./moderation/links.ts";
import type { Channel } from "./notifications/channel.ts";
import type { LocalMails } from "./notifications/local-mails.ts";
import type { Mailer } from "./notifications/mail.ts";
import { mailChannel } from "./notifications/mail-channel.ts";
import type { ModerationLinks } from "./notifications/notice.ts";
import type { OwnAddress } from "./notifications/receipt-mail.ts";
import { wordsFor } from "./notifications/words/words.ts";
import { claimSigner } from "./platform/claims.ts";
import { discordChannel } from "./platform/discord.ts";
import { resolveOverHttps } from "./platform/dns.ts";
import { bindingMailer } from "./platform/email-binding.ts";
import { resendMailer } from "./platform/resend.ts";
import { slackChannel } from "./platform/slack.ts";
import { webhookChannel } from "./platform/webhook.ts";
import type { Site } from "./posts/site.ts";

/** How what happens is told to those who are elsewhere, as this deployment is set up for it. */
export type WaysOut = {
	channels: readonly Channel[];
	/** Whether readers can be mailed. */
	canMail: boolean;
	/** Where the owner is mailed; null for nowhere. */
	owner: string | null;
	moderationLinks: ModerationLinks;
};

/** The ways out of a deployment; its mails stay in `localMails` where it has them. */
export function waysOut(env: Env, site: Site, localMails: LocalMails | null): WaysOut {
	const mailer = mailerFrom(env, site, localMails);
	const owner = env.OWNER_EMAIL || (env.DEVELOPMENT === "1" ? "owner@localhost" : null);
	const { SIGNING_SECRET: secret } = env;
	const claims = secret === undefined ? null : claimSigner(secret);
	// From when the comment was made, so that every attempt to send the mail sends the same link.
	const changing: OwnAddress | null =
		secret === undefined ? null : ({ id, createdAt }) => ownAddress(id, secret, createdAt);
	return {
		channels: [
			...(mailer === null ? [] : [mailChannel(mailer, { site, owner, claims, ownAddress: changing })]),
			...webhooksFrom(env, site),
		],
		canMail: mailer !== null,
		owner,
		moderationLinks: moderationLinksOf(env, site),
	};
}

/** The links by which the owner decides from a notice; without the secret that holds them there are none. */
function moderationLinksOf({ SIGNING_SECRET: secret }: Env, site: Site): ModerationLinks {
	if (!secret) return async () => [];
	const { approve, markSpam, remove } = wordsFor(site.language);
	const labels = { published: approve, spam: markSpam, deleted: remove };
	return linksInNotice({ base: site.url, madeBy: site.author.name, secret, labels, now: Date.now });
}

/** How mail leaves: kept in development, else by the provider that is set up; null without one. */
function mailerFrom(env: Env, { title, notifications }: Site, localMails: LocalMails | null): Mailer | null {
	if (localMails !== null) return localMails.keep;
	if (notifications.from === null) return null;
	const from = { name: title, email: notifications.from };
	if (env.RESEND_API_KEY) return resendMailer(env.RESEND_API_KEY, from, resolveOverHttps);
	return env.EMAIL === undefined ? null : bindingMailer(env.EMAIL, from);
}

/** The programs and rooms that hear what the owner hears. */
function webhooksFrom(env: Env, { language }: Site): Channel[] {
	const { WEBHOOK_URL, WEBHOOK_SECRET, SLACK_WEBHOOK_URL, DISCORD_WEBHOOK_URL } = env;
	const webhook = WEBHOOK_URL && WEBHOOK_SECRET ? { url: WEBHOOK_URL, secret: WEBHOOK_SECRET } : null;
	return [
		...(webhook ? [webhookChannel(webhook, resolveOverHttps)] : []),
		...(SLACK_WEBHOOK_URL ? [slackChannel(SLACK_WEBHOOK_URL, language, resolveOverHttps)] : []),
		...(DISCORD_WEBHOOK_URL ? [discordChannel(DISCORD_WEBHOOK_URL, language, resolveOverHttps)] : []),
	];
}
