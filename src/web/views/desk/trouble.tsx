import type { DeskStrings } from "../../strings/desk.ts";
import { type DeskFrame, DeskLayout } from "./layout.tsx";

/** A form as it was posted: where to, and every field in its order. */
export type SentForm = { action: string; fields: readonly { name: string; value: string }[] };

/** A refusal or fault at the desk, in a sentence; with the form that could not be taken, to send it again. */
export const DeskTroublePage = (
	props: DeskFrame & { title: string; text: string; sent: SentForm | null },
) => {
	const { strings, text, sent } = props;
	return (
		<DeskLayout {...props}>
			<p class="notice" role="alert">
				{text}
			</p>
			{sent !== null && (
				<form class="plain" method="post" action={sent.action}>
					<p>{strings.sentLead}</p>
					{sent.fields.map((field, at) => (
						<SentField {...field} id={`sent-${at}`} strings={strings} />
					))}
					<p class="buttons">
						<button type="submit" class="primary">
							{strings.sendAgain}
						</button>
					</p>
				</form>
			)}
			<p>
				<a href="/admin">{strings.toTheDesk}</a>
			</p>
		</DeskLayout>
	);
};

/** What somebody typed can be seen and copied; the rest goes along. */
const SentField = (props: { name: string; value: string; id: string; strings: DeskStrings }) => {
	const { name, value, id, strings } = props;
	const label = typed[name];
	if (label === undefined || value === "") return <input type="hidden" name={name} value={value} />;
	return (
		<p>
			<label for={id}>{strings[label]}</label>
			{long.has(name) ? (
				<textarea id={id} name={name} rows={6}>
					{`\n${value}`}
				</textarea>
			) : (
				<input id={id} name={name} value={value} />
			)}
		</p>
	);
};

/** The fields of the desk's forms that people type into, and what they are called. */
const typed: Readonly<
	Record<string, "text" | "words" | "memberName" | "website" | "reason" | "linkLimit" | "blockEmail">
> = {
	text: "text",
	words: "words",
	name: "memberName",
	website: "website",
	reason: "reason",
	links: "linkLimit",
	email: "blockEmail",
};
const long: ReadonlySet<string> = new Set(["text", "words"]);
