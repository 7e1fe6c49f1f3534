import type { AdminStrings } from "../ui/strings/admin.ts";
import type { SubmittedForm } from "./submitted-form.ts";

/** Renders a form that was not processed as it was filled in, to send it again. */
export const ResendForm = (props: {
	form: SubmittedForm;
	lead: string;
	button: string;
	strings: AdminStrings;
}) => (
	<form class="plain" method="post" action={props.form.action}>
		<p>{props.lead}</p>
		{props.form.fields.map((field, at) => (
			<SubmittedField {...field} id={`field-${at}`} strings={props.strings} />
		))}
		<p class="buttons">
			<button type="submit" class="primary">
				{props.button}
			</button>
		</p>
	</form>
);

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
