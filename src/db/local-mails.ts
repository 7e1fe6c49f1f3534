import type { D1Database } from "@cloudflare/workers-types";
import { desc, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { LocalMails } from "../notifications/local-mails.ts";
import { localMails } from "./schema.ts";

/** Stores mails in D1 instead of sending them: a Worker cannot write files. */
export function localMailRepository(d1: D1Database): LocalMails {
	const db = drizzle(d1);
	return {
		mailer: {
			isIdempotent: true,
			async send({ to, at, ...mail }) {
				await db
					.insert(localMails)
					.values({ ...mail, recipient: to, headers: { ...mail.headers }, createdAt: at })
					.onConflictDoNothing();
				return { sent: true };
			},
		},
		async latest(limit) {
			const rows = await db.select().from(localMails).orderBy(desc(localMails.id)).limit(limit);
			return rows.map(toMail);
		},
		async find(id) {
			const [row] = await db.select().from(localMails).where(eq(localMails.id, id));
			return row === undefined ? null : toMail(row);
		},
	};
}

const toMail = ({ recipient, createdAt, ...mail }: typeof localMails.$inferSelect) => ({
	...mail,
	to: recipient,
	at: createdAt,
});
