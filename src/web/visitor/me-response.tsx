import type { NameError } from "../../comments/draft.ts";
import { BlogError } from "../../errors.ts";
import { browserLanguage } from "../http/browser-language.ts";
import type { AppContext } from "../http/context.ts";
import { logDatabaseFailure } from "../http/database-failure.ts";
import { knownVisitor } from "../http/visitor.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { MePage } from "./me-page.tsx";
import type { MeResult } from "./me-results.ts";
import { rememberedAuthor } from "./remembered-author.ts";

/** Own comments per page. */
const pageSize = 50;

type MeOptions = {
	/** Id of the comment before which the page begins; null for the newest. */
	before: number | null;
	/** The action that led here. */
	done: MeResult | null;
	/** A rejected new name, with its error or the limit that refused it. */
	renaming: { typed: string; error: NameError | null; refused: string | null } | null;
};

/** Responds with the visitor's own page. */
export async function respondWithMe(c: AppContext, { before, done, renaming }: MeOptions): Promise<Response> {
	const { archive, mail, conversation, clock } = c.var.services;
	const { identities } = c.var.services.identity;
	const visitor = await currentVisitor(c);
	const [activity, identity] =
		visitor === null
			? [null, null]
			: await Promise.all([
					conversation.visitors.page(visitor, before, pageSize),
					identities.of(visitor),
				]).catch(meUnavailable(c));
	const page = (
		<MePage
			archive={archive}
			lang={browserLanguage(c)}
			now={clock.now()}
			activity={activity}
			identity={identity}
			mailEnabled={mail.readerNotifications !== null}
			remembered={rememberedAuthor(c)}
			done={done}
			renaming={renaming}
		/>
	);
	return c.html(page, renaming === null ? 200 : renaming.refused === null ? 422 : 429);
}

/** Returns the visitor id in the cookie, or null. */
export async function currentVisitor(c: AppContext): Promise<string | null> {
	const { secrets } = c.var.services;
	return secrets.signing === null ? null : knownVisitor(c, secrets.signing);
}

/** Refuses a form on `/me` that was sent by a page of another site. */
export function refuseCrossSiteMe(c: AppContext): never {
	const strings = stringsFor(browserLanguage(c));
	throw new BlogError("forbidden", fill(strings.meRefusedOrigin, { title: strings.meTitle }));
}

/** Returns a handler that turns a database failure into an `unavailable` error. */
export function meUnavailable(c: AppContext) {
	return (cause: unknown): never => {
		logDatabaseFailure(cause, c);
		const strings = stringsFor(browserLanguage(c));
		throw new BlogError("unavailable", strings.unavailable, { cause });
	};
}
