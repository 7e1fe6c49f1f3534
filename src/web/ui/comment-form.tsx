import type { DraftField, FormErrors, TypedComment } from "../../comments/draft.ts";
import { limits } from "../../comments/limits.ts";
import { rememberedDays } from "../../comments/remembered-author.ts";
import type { Page, Post } from "../../posts/post.ts";
import { inLanguage } from "./in-language.ts";
import { fill, type Strings, stringsFor } from "./strings/strings.ts";

type Props = {
	entry: Post | Page;
	lang: string;
	parentId: number | null;
	/** The text typed before, unchanged. */
	typed?: TypedComment;
	errors?: FormErrors;
	/** Whether the box for notifications is ticked; null without mail. */
	notify: boolean | null;
	/** State of a form rendered for one visitor; absent on a shared page. */
	formState?: FormState;
};

export type FormState = {
	/** Single-use key by which a double post is recognised. */
	key: string;
	/** Whether the `author` cookie is set. */
	remembered: boolean;
	/** Signed time of the first rendering; null without a signing secret. */
	renderedAt: string | null;
	/** Value of the honeypot field. */
	honeypot: string;
};

/** Name of the honeypot, a field hidden from people: a name that spam programs fill in. */
export const honeypotName = "subject";

const emptyComment: TypedComment = { name: "", email: "", website: "", text: "" };

/** Renders the comment form: on the post, on the reply page, in a preview and after an error. */
export const CommentForm = ({
	entry,
	lang,
	parentId,
	typed = emptyComment,
	errors = {},
	notify,
	formState: own,
}: Props) => {
	const strings = stringsFor(lang);
	return (
		<form class="comment-form" method="post" action="/comments" {...inLanguage(lang)}>
			<input type="hidden" name="post" value={entry.id} />
			{parentId !== null && <input type="hidden" name="parent" value={parentId} />}
			{own && <input type="hidden" name="key" value={own.key} />}
			{own?.renderedAt && <input type="hidden" name="rendered_at" value={own.renderedAt} />}
			<Honeypot strings={strings} value={own?.honeypot ?? ""} />
			<Field name="text" strings={strings} hint={strings.textHint} error={errors.text}>
				{(described) => (
					<textarea id="text" name="text" rows={6} dir="auto" required {...described}>
						{/* The HTML parser drops a newline after the tag, so that this one keeps the text's own. */}
						{`\n${typed.text}`}
					</textarea>
				)}
			</Field>
			<div class="author-fields">
				<Field name="name" strings={strings} error={errors.name}>
					{(described) => (
						<input
							id="name"
							name="name"
							dir="auto"
							autocomplete="name"
							required
							value={typed.name}
							{...described}
						/>
					)}
				</Field>
				<Field
					name="email"
					strings={strings}
					hint={notify === null ? strings.emailHint : strings.emailHintMailed}
					error={errors.email}
				>
					{(described) => (
						<input
							id="email"
							name="email"
							type="email"
							dir="auto"
							autocomplete="email"
							value={typed.email}
							{...described}
						/>
					)}
				</Field>
				<Field name="website" strings={strings} hint={strings.websiteHint} error={errors.website}>
					{(described) => (
						<input
							id="website"
							name="website"
							type="text"
							inputmode="url"
							dir="auto"
							autocomplete="url"
							value={typed.website}
							{...described}
						/>
					)}
				</Field>
			</div>
			{notify !== null && (
				<p class="remember">
					<label>
						<input type="checkbox" name="notify" value="1" checked={notify} /> {strings.notify}
					</label>
				</p>
			)}
			<p class="remember">
				<label>
					<input type="checkbox" name="remember" value="1" checked={own?.remembered ?? false} />{" "}
					{fill(strings.remember, { days: rememberedDays })}
				</label>
			</p>
			<p class="buttons">
				<button type="submit" class="primary" name="intent" value="post">
					{strings.post}
				</button>{" "}
				<button type="submit" name="intent" value="preview">
					{strings.preview}
				</button>
			</p>
		</form>
	);
};

/**
 * Renders the honeypot: hidden and out of the tab order, with a label for browsers without styles. Its attributes keep
 * 1Password, Bitwarden, Dashlane, LastPass and Proton Pass from filling it in.
 */
const Honeypot = ({ strings, value }: { strings: Strings; value: string }) => (
	<p class="visually-hidden" aria-hidden="true">
		<label for={honeypotName}>{strings.honeypot}</label>
		<input
			id={honeypotName}
			name={honeypotName}
			tabindex={-1}
			autocomplete="off"
			data-1p-ignore
			data-bwignore
			data-form-type="other"
			data-lpignore="true"
			data-protonpass-ignore="true"
			value={value}
		/>
	</p>
);

type DescriptionAttributes = { "aria-describedby"?: string; "aria-invalid"?: "true" };

/** Renders a labelled field with its hint and error. */
export const Field = (props: {
	name: DraftField;
	strings: Strings;
	hint?: string;
	error: FormErrors[DraftField];
	children: (described: DescriptionAttributes) => unknown;
}) => {
	const { name, strings, hint, error } = props;
	const message = error && errorMessage(strings, name, error);
	const ids = [message && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(" ");
	const described: DescriptionAttributes = {
		...(ids === "" ? {} : { "aria-describedby": ids }),
		...(message ? { "aria-invalid": "true" as const } : {}),
	};
	return (
		<div class={`field field-${name}`}>
			<label for={name}>{strings[name]}</label>
			{message && (
				<p class="error" id={`${name}-error`}>
					{message}
				</p>
			)}
			{props.children(described)}
			{hint && (
				<p class="hint" id={`${name}-hint`}>
					{hint}
				</p>
			)}
		</div>
	);
};

/** Returns the error message of a field. */
export function errorMessage(
	strings: Strings,
	field: DraftField,
	error: NonNullable<FormErrors[DraftField]>,
): string {
	if (error === "too_long") {
		const text = field === "name" ? strings.errorNameTooLong : strings.errorTooLong;
		return fill(text, { limit: limits[field].toLocaleString("en") });
	}
	if (error === "invisible")
		return field === "name" ? strings.errorNameInvisible : strings.errorTextInvisible;
	if (error === "too_much_markup") return strings.errorTextMarkup;
	if (error === "mixed_scripts") return strings.errorNameMixed;
	if (error === "taken") return strings.errorNameTaken;
	if (error === "reserved") return strings.errorNameReserved;
	if (error === "required") {
		if (field === "email") return strings.errorEmailRequired;
		return field === "name" ? strings.errorNameRequired : strings.errorTextRequired;
	}
	return field === "email" ? strings.errorEmailInvalid : strings.errorWebsiteInvalid;
}
