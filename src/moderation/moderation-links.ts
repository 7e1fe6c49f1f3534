import * as v from "valibot";
import { nameRow, type Row, rowSchema } from "../tokens/row.ts";
import { type SingleUse, signToken, tokenKind, verifyToken } from "../tokens/token.ts";

/** The states a link in a notice can move its comment to. */
export const linkActions = ["published", "spam", "deleted"] as const;

export type LinkAction = (typeof linkActions)[number];

/** A signed, single-use link that performs one action on one comment until it expires. */
export type ModerationLink = SingleUse & {
	comment: Row;
	operation: LinkAction;
	/** The actor recorded in the audit log. */
	actor: string;
};

/** Milliseconds until a link in a notice expires. */
export const moderationLinkLifetime = 7 * 24 * 60 * 60_000;

/** Authorizes one action on one comment, in the name of one actor. */
export const moderationToken = tokenKind(
	"moderation",
	v.object({
		comment: rowSchema,
		operation: v.picklist(linkActions),
		actor: v.string(),
	}),
	{ lifetime: moderationLinkLifetime, singleUse: true },
);

const day = 24 * 60 * 60_000;

/**
 * Creates the signer of the links in notices. Links for a comment are identical all day: a notice sent twice has equal
 * copies, and a link used in one copy is used in the other.
 */
export function moderationLinkSigner({
	base,
	actor,
	secret,
	labels,
	now,
}: {
	base: string;
	actor: string;
	secret: string;
	labels: Readonly<Record<LinkAction, string>>;
	now: () => number;
}): (comment: Row, event: "published" | "waiting") => Promise<readonly { label: string; url: string }[]> {
	return (comment, event) => {
		const expiresAt = Math.floor(now() / day) * day + moderationLinkLifetime;
		return Promise.all(
			linkActions
				.filter((operation) => operation !== event)
				.map(async (operation) => {
					const id = `notice:${comment.id}:${comment.createdAt}:${operation}:${expiresAt}`;
					const path = await moderationPath({ comment, operation, actor, id, expiresAt }, secret);
					return { label: labels[operation], url: base + path };
				}),
		);
	};
}

/** Signs the path of a confirmation page for an action; opening it changes nothing. */
export async function moderationPath(
	{ comment, operation, actor, id, expiresAt }: ModerationLink,
	secret: string,
): Promise<string> {
	const claims = { comment: nameRow(comment), operation, actor };
	return `/moderation/${await signToken(moderationToken, claims, secret, { id, expiresAt })}`;
}

/** Verifies a link's token; null when it is forged or expired. */
export function readModerationLink(
	token: string,
	secret: string,
	now: number,
): Promise<ModerationLink | null> {
	return verifyToken(moderationToken, token, secret, now);
}
