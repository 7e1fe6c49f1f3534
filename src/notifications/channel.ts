import type { Notice } from "./notice.ts";

/** The ways out. To add one: a name here, a file in `platform/`, a line in `services.ts`, a secret in `env.ts`. */
export type ChannelName = "mail" | "webhook" | "slack" | "discord";

/** What became of an attempt; `why` is for the operator and never holds an address. */
export type Outcome = { sent: true } | { sent: false; why: string; again: boolean };

/** A way to reach someone. An exception counts as a failure worth another try. */
export type Channel = {
	name: ChannelName;
	send(notice: Notice): Promise<Outcome>;
};

/** Reads an HTTP status as an outcome: a refusal is final, a fault or "too many" is worth another try. */
export function outcomeOf(status: number, who: string): Outcome {
	if (status >= 200 && status < 300) return { sent: true };
	const again = status === 408 || status === 425 || status === 429 || status >= 500;
	const redirected = status >= 300 && status < 400 ? "; redirects are not followed" : "";
	return { sent: false, why: `${who} answered ${status}${redirected}`, again };
}
