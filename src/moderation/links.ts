import * as v from "valibot";
import { readTicket, signTicket, type TicketStub } from "../members/ticket.ts";

/** What a link in a notice can do with the comment it is about. */
export const linkedActs = ["published", "spam", "deleted"] as const;

export type LinkedAct = (typeof linkedActs)[number];

/** One act on one comment, for whoever was sent the link, once and for a time. */
export type ModerationLink = TicketStub & {
	commentId: number;
	act: LinkedAct;
	/** Who the log says decided. */
	madeBy: string;
};

/** Milliseconds for which a link in a notice holds. */
export const moderationLinkLasts = 7 * 24 * 60 * 60_000;

const day = 24 * 60 * 60_000;

/**
 * The links of a notice about one comment. Made again on the same day they are the same links: a notice that is sent
 * twice must not say two things, and a link used in one copy is used in the other.
 */
export function linksInNotice({
	base,
	madeBy,
	secret,
	labels,
	now,
}: {
	base: string;
	madeBy: string;
	secret: string;
	labels: Readonly<Record<LinkedAct, string>>;
	now: () => number;
}): (
	commentId: number,
	event: "published" | "waiting",
) => Promise<readonly { label: string; url: string }[]> {
	return (commentId, event) => {
		const expiresAt = Math.floor(now() / day) * day + moderationLinkLasts;
		return Promise.all(
			linkedActs
				.filter((act) => act !== event)
				.map(async (act) => {
					const id = `notice:${commentId}:${act}:${expiresAt}`;
					const path = await moderationPath({ commentId, act, madeBy, id, expiresAt }, secret);
					return { label: labels[act], url: base + path };
				}),
		);
	};
}

const body = v.object({
	commentId: v.pipe(v.number(), v.integer(), v.minValue(1)),
	act: v.picklist(linkedActs),
	madeBy: v.string(),
});

/** The path of a link that asks whether to act; opening it changes nothing. */
export async function moderationPath(
	{ commentId, act, madeBy, ...stub }: ModerationLink,
	secret: string,
): Promise<string> {
	return `/moderation/${await signTicket("moderation", { commentId, act, madeBy }, stub, secret)}`;
}

/** Reads a link's token back, or null when it is forged or has lapsed. */
export function readModerationLink(
	token: string,
	secret: string,
	now: number,
): Promise<ModerationLink | null> {
	return readTicket("moderation", token, body, secret, now);
}
