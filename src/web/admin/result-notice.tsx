import { type AuditEntry, isUndoable } from "../../moderation/audit-log.ts";
import type { AdminStrings } from "../ui/strings/admin.ts";
import { fill, plural } from "../ui/strings/strings.ts";
import { UndoForm } from "./undo-form.tsx";

type Props = {
	strings: AdminStrings;
	lang: string;
	here?: string;
	done?: string;
	unread?: readonly number[];
	entries?: readonly AuditEntry[];
};

/** Renders the result of the last operation, with a button to undo it. */
export const ResultNotice = ({
	strings,
	lang,
	here = "/admin",
	done = "",
	entries = [],
	unread = [],
}: Props) => {
	if (done === "") return null;
	const operation = entries.find(isUndoable)?.operation;
	return (
		<div class="notice result" role="status">
			{(unread.length === 0 || entries.length > 0) && <p>{resultText(done, entries, strings, lang)}</p>}
			{unread.length > 0 && (
				<p>
					{plural(strings.changedSince, unread.length, lang)}{" "}
					{unread.map((id) => (
						<>
							<a href={`/admin/comments/${id}`}>{`${strings.comment} ${id}`}</a>{" "}
						</>
					))}
				</p>
			)}
			{operation !== undefined && (
				<UndoForm operation={operation} back={here}>
					<button type="submit" data-key="u">
						{strings.undo}
					</button>
				</UndoForm>
			)}
		</div>
	);
};

function resultText(
	done: string,
	entries: readonly AuditEntry[],
	strings: AdminStrings,
	lang: string,
): string {
	if (done === "undone") return strings.undone;
	const decided = entries.filter(({ kind }) => kind === "decided");
	const [first] = entries;
	if (first === undefined) return strings.noChange;
	if (first.kind === "decided") {
		const state = strings[`state_${first.state ?? "held"}`];
		const text = plural(strings.done_decided, decided.length, lang, { state });
		const blocked = new Set(entries.filter(({ kind }) => kind === "blocked").map(labelOf));
		if (blocked.size === 0) return text;
		const named = [...blocked].slice(0, labelLimit).join(", ") + (blocked.size > labelLimit ? " …" : "");
		return `${text} ${fill(strings.done_blocked, { label: named })}`;
	}
	return fill(strings[`done_${first.kind}`], { label: labelOf(first) });
}

/** Maximum names listed when several commenters were blocked at once. */
const labelLimit = 4;

/** The label stored with an entry: the blocked commenter or the member. */
export function labelOf({ before, after }: Pick<AuditEntry, "before" | "after">): string {
	try {
		const { label } = JSON.parse(after ?? before ?? "{}");
		return typeof label === "string" ? label : "";
	} catch {
		// The label was erased with the commenter.
		return "";
	}
}
