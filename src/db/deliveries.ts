// SQL text: reads the rows leased by the statement before it in the batch.
import * as v from "valibot";
import { commentStates } from "../comments/comment.ts";
import { verificationLifetime } from "../identities/identity.ts";
import { channelNames } from "../notifications/channel.ts";
import type { NoticeComment, VerificationLink } from "../notifications/notice.ts";
import { type Delivery, outboxEvents } from "../notifications/outbox.ts";
import { subscriptionStates } from "../notifications/subscription.ts";
import type { Row } from "../tokens/row.ts";
import { flag, row, statement } from "./statement.ts";

/** Parses an outbox row joined with its comment, subscription or verification. */
const parseRow = row({
	id: v.number(),
	channel: v.picklist(channelNames),
	event: v.picklist(outboxEvents),
	attempts: v.number(),
	recipient: v.number(),
	subscription_id: v.nullable(v.number()),
	email: v.nullable(v.string()),
	subscription_post_id: v.nullable(v.string()),
	subscription_comment_id: v.nullable(v.number()),
	subscription_created_at: v.nullable(v.number()),
	subscription_state: v.nullable(v.picklist(subscriptionStates)),
	verification_id: v.nullable(v.number()),
	link_lang: v.nullable(v.string()),
	link_requested_at: v.nullable(v.number()),
	message: v.string(),
	comment_id: v.nullable(v.number()),
	post_id: v.nullable(v.string()),
	state: v.nullable(v.picklist(commentStates)),
	name: v.nullable(v.string()),
	source: v.nullable(v.string()),
	lang: v.nullable(v.string()),
	created_at: v.nullable(v.number()),
	parent_name: v.nullable(v.string()),
	by_author: v.nullable(flag),
	parent_by_author: v.nullable(flag),
});

type DeliveryRow = ReturnType<typeof parseRow>;

/** Comments of one message whose text is read, a few more than a mail quotes. */
const quotedComments = 40;

/** Selects leased rows with all that their message needs. */
export const leasedRows = statement<{ rows: string; lease: string }, DeliveryRow>(
	`SELECT o.id, o.channel, o.event, o.attempts, o.message, o.recipient, o.comment_id, o.subscription_id,
		iif(o.event = 'receipt', lower(c.email), a.email) AS email,
		s.post_id AS subscription_post_id, s.comment_id AS subscription_comment_id, s.state AS subscription_state,
		s.created_at AS subscription_created_at,
		v.id AS verification_id, v.lang AS link_lang, v.created_at AS link_requested_at,
		c.post_id, c.state, c.name, c.lang, c.created_at, parent.name AS parent_name,
		c.by_author, parent.by_author AS parent_by_author,
		iif(row_number() OVER (PARTITION BY o.message ORDER BY c.state IN ('published', 'held') DESC, o.id)
			<= ${quotedComments}, c.source, '') AS source
	FROM outbox AS o
	LEFT JOIN comments AS c ON c.id = o.comment_id
	LEFT JOIN comments AS parent ON parent.id = c.parent_id
	LEFT JOIN subscriptions AS s ON s.id = o.subscription_id
	LEFT JOIN verifications AS v ON v.id = o.verification_id AND v.used_at IS NULL
	LEFT JOIN addresses AS a ON a.id = o.recipient AND a.id IN (s.address_id, v.address_id)
	WHERE o.id IN (SELECT value FROM json_each(:rows)) AND o.lease = :lease ORDER BY o.id`,
	parseRow,
);

/** Groups leased rows into deliveries, one for each message. */
export function deliveriesOf(rows: readonly DeliveryRow[], lease: string): Delivery[] {
	return [...Map.groupBy(rows, ({ message }) => message)].map(([key, together]) => ({
		key,
		lease,
		channel: together[0]?.channel ?? "mail",
		rows: together.map(({ id }) => id),
		attempt: Math.max(...together.map(({ attempts }) => attempts)) + 1,
		reader: readerOf(together),
		items: together.flatMap((row) => {
			const comment = commentOf(row);
			return comment === null || row.event === "confirmation" || row.event === "verification"
				? []
				: [{ event: row.event, comment }];
		}),
	}));
}

function readerOf(rows: readonly DeliveryRow[]): Delivery["reader"] {
	if (rows.every(({ recipient }) => recipient === 0)) return null;
	const reachable = rows.filter(({ email }) => email !== null);
	const unconfirmed = reachable.find(
		({ event, subscription_state: state }) =>
			event === "confirmation" || (event === "receipt" && state === "pending"),
	);
	return {
		email: reachable[0]?.email ?? "",
		subscriptions: [
			...new Map(
				reachable.map(subscriptionOf).flatMap((row) => (row === null ? [] : [[row.id, row]])),
			).values(),
		],
		confirmation:
			unconfirmed === undefined
				? null
				: {
						subscription: subscriptionOf(unconfirmed) ?? { id: 0, createdAt: 0 },
						postId: unconfirmed.subscription_post_id ?? "",
						commentId: unconfirmed.subscription_comment_id || null,
					},
		verificationLink: linkOf(reachable),
	};
}

function subscriptionOf({
	subscription_id: id,
	subscription_created_at: createdAt,
}: DeliveryRow): Row | null {
	return id === null || createdAt === null ? null : { id, createdAt };
}

function linkOf([row]: readonly DeliveryRow[]): VerificationLink | null {
	const { verification_id: id, link_lang: lang, link_requested_at: createdAt } = row ?? {};
	return id == null || createdAt == null
		? null
		: { verification: { id, createdAt }, lang: lang ?? "", expiresAt: createdAt + verificationLifetime };
}

/** Returns the comment as it is now, or null if the event no longer holds. */
function commentOf(row: DeliveryRow): NoticeComment | null {
	// Someone who has unsubscribed since has no address any more.
	if (row.recipient !== 0 && row.email === null) return null;
	const { comment_id: id, event, state } = row;
	// The author gets a receipt for a published or held comment, but not for spam or a deleted one.
	const states = event === "receipt" ? ["published", "held"] : [event === "waiting" ? "held" : "published"];
	if (id === null || state === null || !states.includes(state)) return null;
	return {
		id,
		postId: row.post_id ?? "",
		parentName: row.parent_name,
		parentByAuthor: row.parent_by_author ?? false,
		name: row.name ?? "",
		byAuthor: row.by_author ?? false,
		source: row.source ?? "",
		waiting: state === "held",
		lang: row.lang,
		createdAt: row.created_at ?? 0,
	};
}
