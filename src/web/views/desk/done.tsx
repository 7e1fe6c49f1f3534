import { type Deed, isUndoable } from "../../../moderation/log.ts";
import type { DeskStrings } from "../../strings/desk.ts";
import { fill, plural } from "../../strings/strings.ts";
import { UndoForm } from "./undo-form.tsx";

type Props = {
	strings: DeskStrings;
	lang: string;
	here?: string;
	done?: string;
	unread?: readonly string[];
	deeds?: readonly Deed[];
};

/** What was just done, with the way to take it back. */
export const DoneNotice = ({ strings, lang, here = "/admin", done = "", deeds = [], unread = [] }: Props) => {
	if (done === "") return null;
	const act = deeds.find(isUndoable)?.act;
	return (
		<div class="notice done" role="status">
			{(unread.length === 0 || deeds.length > 0) && <p>{saying(done, deeds, strings, lang)}</p>}
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
			{act !== undefined && (
				<UndoForm act={act} back={here}>
					<button type="submit" data-key="u">
						{strings.undo}
					</button>
				</UndoForm>
			)}
		</div>
	);
};

function saying(done: string, deeds: readonly Deed[], strings: DeskStrings, lang: string): string {
	if (done === "undone") return strings.undone;
	const decided = deeds.filter(({ kind }) => kind === "decided");
	const [first] = deeds;
	if (first === undefined) return strings.nothingDone;
	if (first.kind === "decided") {
		const state = strings[`state_${first.state ?? "held"}`];
		const said = plural(strings.done_decided, decided.length, lang, { state });
		const blocked = new Set(deeds.filter(({ kind }) => kind === "blocked").map(labelOf));
		if (blocked.size === 0) return said;
		const named = [...blocked].slice(0, mostNamed).join(", ") + (blocked.size > mostNamed ? " …" : "");
		return `${said} ${fill(strings.done_blocked, { label: named })}`;
	}
	return fill(strings[`done_${first.kind}`], { label: labelOf(first) });
}

/** Of a page of people who were banned at once no more are named. */
const mostNamed = 4;

/** Whom a block was about. */
export function labelOf({ before, after }: Pick<Deed, "before" | "after">): string {
	try {
		const { label } = JSON.parse(after ?? before ?? "{}");
		return typeof label === "string" ? label : "";
	} catch {
		// What the log kept was erased with the person.
		return "";
	}
}
