import type { Notice } from "./notice.ts";

/** Names of the channels. To add one: a name here, a file in `platform/`, a line in `notification-channels.ts`, a secret in `env.ts`, a migration. */
export const channelNames = ["mail", "webhook", "slack", "discord"] as const;
export type ChannelName = (typeof channelNames)[number];

/**
 * Kinds of failure: `temporary` may pass by itself, `setup` waits for the operator (a key, an address, a quota), and
 * `permanent` is a message that the service will never take.
 */
export type FailureKind = "temporary" | "setup" | "permanent";

/** A failed attempt; `failure` is for the operator and never contains an e-mail address or a URL. */
export type Failure = { sent: false; failure: string; kind: FailureKind };

/** The result of an attempt to send. */
export type Outcome = { sent: true } | Failure;

/** A way to deliver notices. An exception counts as a temporary failure. */
export type Channel = {
	name: ChannelName;
	/** Whether the receiver recognises the key of a notice that it gets a second time. */
	isIdempotent: boolean;
	/** Most requests that sending one notice takes. */
	subrequests: number;
	send(notice: Notice): Promise<Outcome>;
};

/** Statuses that the operator can do something about: redirects, keys, permissions, moved addresses, quotas. */
const setupStatuses: ReadonlySet<number> = new Set([401, 402, 403, 404, 405, 407, 410, 429]);

/** Converts an HTTP status to an outcome. */
export function outcomeOf(status: number, service: string): Outcome {
	if (status >= 200 && status < 300) return { sent: true };
	const redirected = status >= 300 && status < 400;
	const temporary = status === 408 || status === 425 || status >= 500;
	const kind = redirected || setupStatuses.has(status) ? "setup" : temporary ? "temporary" : "permanent";
	const failure = `${service} answered ${status}${redirected ? "; redirects are not followed" : ""}`;
	return { sent: false, failure, kind };
}
