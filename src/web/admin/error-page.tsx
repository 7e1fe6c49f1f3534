import type { AdminStrings } from "../ui/strings/admin.ts";
import { type AdminFrame, AdminLayout } from "./layout.tsx";

/** A form as it was submitted: its address and every field in order. */
export type SubmittedForm = { action: string; fields: readonly { name: string; value: string }[] };

/** Renders an error in the admin, with the form that could not be processed, to send it again. */
export const AdminErrorPage = (
	props: AdminFrame & { title: string; text: string; form: SubmittedForm | null },
) => {
	const { strings, text, form } = props;
	return (
		<AdminLayout {...props}>
			<p class="notice" role="alert">
				{text}
			</p>
			{form !== null && (
				<form class="plain" method="post" action={form.action}>
					<p>{strings.resendLead}</p>
					{form.fields.map((field, at) => (
						<SubmittedField {...field} id={`field-${at}`} strings={strings} />
					))}
					<p class="buttons">
						<button type="submit" class="primary">
							{strings.resend}
						</button>
					</p>
				</form>
			)}
			<p>
				<a href="/admin">{strings.goToAdmin}</a>
			</p>
		</AdminLayout>
	);
};

/** Renders a typed field visibly, so that it can be copied, and any other field hidden. */
const SubmittedField = (props: { name: string; value: string; id: string; strings: AdminStrings }) => {
	const { name, value, id, strings } = props;
	const label = labels[name];
	if (label === undefined || value === "") return <input type="hidden" name={name} value={value} />;
	return (
		<p>
			<label for={id}>{strings[label]}</label>
			{multiline.has(name) ? (
				<textarea id={id} name={name} rows={6} dir="auto">
					{`\n${value}`}
				</textarea>
			) : (
				<input id={id} name={name} dir="auto" value={value} />
			)}
		</p>
	);
};

/** Labels of the text fields of the admin's forms. */
const labels: Readonly<
	Record<string, "text" | "blockedWords" | "memberName" | "website" | "reason" | "linkLimit" | "blockEmail">
> = {
	text: "text",
	blockedWords: "blockedWords",
	name: "memberName",
	website: "website",
	reason: "reason",
	links: "linkLimit",
	email: "blockEmail",
};
const multiline: ReadonlySet<string> = new Set(["text", "blockedWords"]);
