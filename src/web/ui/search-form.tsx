import type { Child } from "hono/jsx";
import { searchPath } from "./links.ts";
import { stringsFor } from "./strings/strings.ts";

/** Renders the form of the search; children are fields below it. */
export const SearchForm = (props: {
	lang: string;
	query?: string;
	error?: string | null;
	children?: Child;
}) => {
	const { lang, query = "", error = null, children } = props;
	const strings = stringsFor(lang);
	return (
		<search class="search">
			<form action={searchPath}>
				<p class="field">
					<input
						type="search"
						name="q"
						dir="auto"
						value={query}
						aria-label={strings.searchLabel}
						aria-invalid={error === null ? undefined : "true"}
						aria-describedby={error === null ? undefined : "search-error"}
					/>
					<button type="submit">{strings.search}</button>
				</p>
				{error !== null && (
					<p class="error" id="search-error">
						{error}
					</p>
				)}
				{children}
			</form>
		</search>
	);
};

/** Renders the small form in the header; its button is shown when the keyboard reaches it. */
export const HeaderSearch = ({ lang }: { lang: string }) => {
	const strings = stringsFor(lang);
	return (
		<search class="header-search">
			<form action={searchPath}>
				<input
					type="search"
					name="q"
					dir="auto"
					aria-label={strings.searchLabel}
					placeholder={strings.search}
				/>
				<button type="submit">{strings.search}</button>
			</form>
		</search>
	);
};
