import type { Child } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { fill, stringsFor } from "../strings/strings.ts";
import { FollowForm } from "./follow-form.tsx";
import { Layout } from "./layout.tsx";
import { href } from "./links.ts";

type PageProps = { archive: Archive; lang: string; title: string; children?: Child };

/** A page about hearing of comments. */
export const SubscriptionPage = ({ archive, lang, title, children }: PageProps) => (
	<Layout archive={archive} meta={{ title, lang, unindexed: true }}>
		<section class="conversation">
			<h1>{title}</h1>
			{children}
		</section>
	</Layout>
);

/** The way back to a post. */
export const BackTo = ({ entry }: { entry: Post | Page | null }) =>
	entry === null ? null : (
		<p class="back">
			<a href={`${href(entry.path)}#comments`} lang={entry.lang}>
				{fill(stringsFor(entry.lang).backToPost, { title: entry.title })}
			</a>
		</p>
	);

/** One button that does what a signed link is for; the form goes to the link's own address. */
export const ActButton = ({ label, all = false }: { label: string; all?: boolean }) => (
	<form method="post">
		{all && <input type="hidden" name="all" value="1" />}
		<p class="buttons">
			<button type="submit" {...(all ? {} : { class: "primary" })}>
				{label}
			</button>
		</p>
	</form>
);

type FollowProps = {
	archive: Archive;
	entry: Post | Page;
	commentId: number | null;
	typed: string;
	/** Why it was refused, or null when what was typed is no address. */
	refused: string | null;
};

/** The form given back when it could not be taken as it was. */
export const FollowPage = ({ archive, entry, commentId, typed, refused }: FollowProps) => {
	const strings = stringsFor(entry.lang);
	return (
		<SubscriptionPage archive={archive} lang={entry.lang} title={strings.followTitle}>
			<p class="notice error-summary" role="alert">
				{refused ?? strings.errorAddressInvalid}
			</p>
			<FollowForm entry={entry} commentId={commentId} typed={typed} wrong={refused === null} />
			<BackTo entry={entry} />
		</SubscriptionPage>
	);
};
