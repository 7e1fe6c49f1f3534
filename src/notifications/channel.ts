import type { Notice } from "./notice.ts";

/** Names of the channels. To add one: a name here, a file in `platform/`, a line in `notification-channels.ts`, a secret in `env.ts`, a migration. */
export const channelNames = ["mail", "webhook", "slack", "discord"] as const;
export type ChannelName = (typeof channelNames)[number];

/** The result of an attempt to send; `failure` is for the operator and never contains an e-mail address or a URL. */
export type Outcome = { sent: true } | { sent: false; failure: string; retry: boolean };

/** A way to deliver notices. An exception counts as a failure to retry. */
export type Channel = {
	name: ChannelName;
	send(notice: Notice): Promise<Outcome>;
};

/** Converts an HTTP status to an outcome: refusals are final; timeouts, 429 and server errors are retried. */
export function outcomeOf(status: number, service: string): Outcome {
	if (status >= 200 && status < 300) return { sent: true };
	const retry = status === 408 || status === 425 || status === 429 || status >= 500;
	const redirected = status >= 300 && status < 400 ? "; redirects are not followed" : "";
	return { sent: false, failure: `${service} answered ${status}${redirected}`, retry };
}
