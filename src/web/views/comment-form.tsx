import { type DraftField, type FormErrors, limits, type TypedComment } from "../../comments/draft.ts";
import type { Page, Post } from "../../posts/post.ts";
import { rememberedDays } from "../remembered.ts";
import { fill, type Strings, stringsFor } from "../strings/strings.ts";

type Props = {
	entry: Post | Page;
	lang: string;
	parentId: number | null;
	/** What was typed before, given back character for character. */
	typed?: TypedComment;
	errors?: FormErrors;
	/** Whether replies can be mailed; null where they cannot, else whether the box was ticked. */
	notify: boolean | null;
	/** What only a form made for one person carries; the form everybody shares has none of it. */
	own?: OwnForm;
};

export type OwnForm = {
	/** The same form sent twice is known by this. */
	key: string;
	/** Whether who they are is already remembered. */
	remembered: boolean;
	/** When it was made, signed; null while nothing can be signed. */
	drawn: string | null;
	/** What stands in the field that people do not see. */
	decoy: string;
};

/** Name of the field that people do not see: one that programs like to fill in. */
export const decoyName = "subject";

const nothing: TypedComment = { name: "", email: "", website: "", text: "" };

/** The comment form; the same on the post, on a reply's page, in a preview and after a refusal. */
export const CommentForm = ({ entry, lang, parentId, typed = nothing, errors = {}, notify, own }: Props) => {
	const strings = stringsFor(lang);
	return (
		<form class="comment-form" method="post" action="/comments" lang={lang}>
			<input type="hidden" name="post" value={entry.id} />
			{parentId !== null && <input type="hidden" name="parent" value={parentId} />}
			{own && <input type="hidden" name="key" value={own.key} />}
			{own?.drawn && <input type="hidden" name="drawn" value={own.drawn} />}
			<Decoy strings={strings} value={own?.decoy ?? ""} />
			<Field name="text" strings={strings} hint={strings.textHint} error={errors.text}>
				{(described) => (
					<textarea id="text" name="text" rows={6} required {...described}>
						{/* A browser drops one newline after the tag, so one is given for it to drop. */}
						{`\n${typed.text}`}
					</textarea>
				)}
			</Field>
			<div class="who">
				<Field name="name" strings={strings} error={errors.name}>
					{(described) => (
						<input id="name" name="name" autocomplete="name" required value={typed.name} {...described} />
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
							type="url"
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
				</button>
				<button type="submit" name="intent" value="preview">
					{strings.preview}
				</button>
			</p>
		</form>
	);
};

/** Off the page and out of the tab order; whoever meets it all the same, in a browser without styles, is told what it is. */
const Decoy = ({ strings, value }: { strings: Strings; value: string }) => (
	<p class="visually-hidden" aria-hidden="true">
		<label for={decoyName}>{strings.decoy}</label>
		<input id={decoyName} name={decoyName} tabindex={-1} autocomplete="off" value={value} />
	</p>
);

type Described = { "aria-describedby"?: string; "aria-invalid"?: "true" };

/** A labelled field with its hint, and its mistake when there is one. */
export const Field = (props: {
	name: DraftField;
	strings: Strings;
	hint?: string;
	error: FormErrors[DraftField];
	children: (described: Described) => unknown;
}) => {
	const { name, strings, hint, error } = props;
	const message = error && errorMessage(strings, name, error);
	const ids = [message && `${name}-error`, hint && `${name}-hint`].filter(Boolean).join(" ");
	const described: Described = {
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

/** What is wrong with a field and how to put it right. */
export function errorMessage(
	strings: Strings,
	field: DraftField,
	error: NonNullable<FormErrors[DraftField]>,
): string {
	if (error === "too_long") {
		const text = field === "name" ? strings.errorNameTooLong : strings.errorTooLong;
		return fill(text, { limit: limits[field].toLocaleString("en") });
	}
	if (error === "mixed") return strings.errorNameMixed;
	if (error === "taken") return strings.errorNameTaken;
	if (error === "reserved") return strings.errorNameReserved;
	if (error === "required") {
		if (field === "email") return strings.errorEmailRequired;
		return field === "name" ? strings.errorNameRequired : strings.errorTextRequired;
	}
	return field === "email" ? strings.errorEmailInvalid : strings.errorWebsiteInvalid;
}
