import type { Archive } from "../../posts/archive.ts";
import type { Page, Post } from "../../posts/post.ts";
import { inLanguage } from "./in-language.ts";
import { homePath, href, languagePath } from "./links.ts";
import { emSpace, JoinedMessage, Message } from "./message.tsx";
import { languageName } from "./strings/language-names.ts";
import { stringsFor } from "./strings/strings.ts";

/** Renders links to all posts and to those in each language; nothing on a blog in one language. */
export const LanguageChoice = (props: { languages: readonly string[]; lang: string; all: boolean }) => {
	const { languages, lang, all } = props;
	if (languages.length < 2) return null;
	const strings = stringsFor(lang);
	return (
		<nav class="languages" aria-label={strings.languages}>
			<ul>
				<li>
					<a href={homePath()} aria-current={all ? "page" : undefined}>
						{strings.allLanguages}
					</a>
				</li>
				{languages.map((each) => (
					<li>
						<a
							href={languagePath(each)}
							{...inLanguage(each, lang)}
							hreflang={each}
							aria-current={!all && each === lang ? "page" : undefined}
						>
							{languageName(each)}
						</a>
					</li>
				))}
			</ul>
		</nav>
	);
};

/** Renders "Also in 日本語" for a post or page with translations. */
export const Translations = (props: { archive: Archive; entry: Post | Page; now: number }) => {
	const { archive, entry, now } = props;
	const others = archive.translations(entry, now).filter((each) => each !== entry);
	if (others.length === 0) return null;
	const strings = stringsFor(entry.lang);
	const links = others.map((each) => (
		<a href={href(each.path)} {...inLanguage(each.lang, entry.lang)} hreflang={each.lang} rel="alternate">
			{languageName(each.lang)}
		</a>
	));
	return (
		<p class="translations">
			<Message
				text={strings.alsoIn}
				values={{ languages: <JoinedMessage items={links} separator={strings.listSeparator} /> }}
			/>
		</p>
	);
};

/** Renders the language of a post on a list in another language. */
export const LanguageMark = ({ post, lang }: { post: Post; lang: string }) =>
	post.lang === lang ? null : (
		<>
			{emSpace}
			<span class="language" {...inLanguage(post.lang, lang)}>
				{languageName(post.lang)}
			</span>
		</>
	);
