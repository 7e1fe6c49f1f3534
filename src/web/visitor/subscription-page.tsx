import type { Child } from "hono/jsx";
import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { isolate } from "../../text/direction.ts";
import { inLanguage } from "../ui/in-language.ts";
import { Layout } from "../ui/layout.tsx";
import { href } from "../ui/links.ts";
import { fill, stringsFor } from "../ui/strings/strings.ts";
import { SubscribeForm } from "../ui/subscribe-form.tsx";

type PageProps = { archive: Archive; lang: string; title: string; children?: Child };

/** Renders a page of the subscription and verification flows. */
export const SubscriptionPage = ({ archive, lang, title, children }: PageProps) => (
	<Layout archive={archive} meta={{ title, lang, noindex: true }}>
		<section class="conversation">
			<h1>{title}</h1>
			{children}
		</section>
	</Layout>
);

/** Renders the link back to a post's comments. */
export const BackLink = ({ entry }: { entry: Post | Page | null }) =>
	entry === null ? null : (
		<p class="back">
			<a href={`${href(entry.path)}#comments`} {...inLanguage(entry.lang)}>
				{fill(stringsFor(entry.lang).backToPost, { title: isolate(entry.title) })}
			</a>
		</p>
	);

/** Renders the button that carries out a signed link's action; the form posts to the link's own URL. */
export const LinkActionForm = ({ label, all = false }: { label: string; all?: boolean }) => (
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
	/** Reason of the rejection; null if the address is invalid. */
	refused: string | null;
};

/** Renders a rejected subscription form. */
export const SubscribePage = ({ archive, entry, commentId, typed, refused }: FollowProps) => {
	const strings = stringsFor(entry.lang);
	return (
		<SubscriptionPage archive={archive} lang={entry.lang} title={strings.subscribeTitle}>
			<p class="notice error-summary" role="alert">
				{refused ?? strings.errorAddressInvalid}
			</p>
			<SubscribeForm entry={entry} commentId={commentId} typed={typed} invalid={refused === null} />
			<BackLink entry={entry} />
		</SubscriptionPage>
	);
};
