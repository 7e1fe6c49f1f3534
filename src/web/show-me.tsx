import type { NameError } from "../comments/draft.ts";
import { BlogError } from "../errors.ts";
import type { AppContext } from "./context.ts";
import { isSameOrigin } from "./middleware/same-origin.ts";
import { readerLanguage } from "./reader-language.ts";
import { rememberedBy } from "./remembered.ts";
import { fill, stringsFor } from "./strings/strings.ts";
import { troubleOf } from "./thread.ts";
import { type Done, MePage } from "./views/me.tsx";
import { knownVisitor } from "./visitor.ts";

/** Comments on one page of one's own. */
const pageSize = 50;

type Shown = {
	/** The comment before which the page begins; null for the newest. */
	before: number | null;
	/** What has just been done. */
	done: Done | null;
	/** A name that could not be taken, and why. */
	renaming: { typed: string; error: NameError } | null;
};

/** The page of whoever is asking. */
export async function showMe(c: AppContext, { before, done, renaming }: Shown): Promise<Response> {
	const { archive, hearing, identities, visitors, now } = c.var.services;
	const visitor = await whoIs(c);
	const [held, identity] =
		visitor === null
			? [null, null]
			: await Promise.all([visitors.page(visitor, before, pageSize), identities.of(visitor)]).catch(
					meDown(c),
				);
	const page = (
		<MePage
			archive={archive}
			lang={readerLanguage(c)}
			now={now()}
			held={held}
			identity={identity}
			mail={hearing !== null}
			remembered={rememberedBy(c)}
			done={done}
			renaming={renaming}
		/>
	);
	return c.html(page, renaming === null ? 200 : 422);
}

/** The visitor who is asking, or null. */
export async function whoIs(c: AppContext): Promise<string | null> {
	const { signingSecret } = c.var.services;
	return signingSecret === null ? null : knownVisitor(c, signingSecret);
}

/** The same for one who does something: it must come from this site. */
export async function whoMayAct(c: AppContext): Promise<string | null> {
	const strings = stringsFor(readerLanguage(c));
	if (!isSameOrigin(c)) {
		throw new BlogError("forbidden", fill(strings.meRefusedOrigin, { title: strings.meTitle }));
	}
	return whoIs(c);
}

/** Answers a store that fails. */
export function meDown(c: AppContext) {
	return (cause: unknown): never => {
		troubleOf(cause, c);
		const strings = stringsFor(readerLanguage(c));
		throw new BlogError("unavailable", strings.meUnavailable, { cause });
	};
}
