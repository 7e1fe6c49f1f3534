import type { Actor } from "../../../members/member.ts";
import { commandLine, type Deed, isUndoable, stateBefore } from "../../../moderation/log.ts";
import type { Archive } from "../../../posts/archive.ts";
import type { DeskWords } from "../../desk.ts";
import type { DeskStrings } from "../../strings/desk.ts";
import { fill } from "../../strings/strings.ts";
import { Minute } from "../byline.tsx";
import { emSpace } from "../message.tsx";
import { labelOf } from "./done.tsx";
import { type DeskFrame, DeskLayout } from "./layout.tsx";
import { UndoForm } from "./undo-form.tsx";

type ListProps = DeskWords & {
	archive: Archive;
	actor: Actor | null;
	now: number;
	here: string;
	deeds: readonly Deed[];
};

/** Everything that was decided: who, when, what and why. */
export const LogPage = (
	props: DeskFrame & {
		deeds: readonly Deed[];
		shown: readonly Deed[];
		next: string | null;
		now: number;
		here: string;
	},
) => {
	const { strings, lang, archive, actor, shown, next, now, here } = props;
	return (
		<DeskLayout {...props} title={strings.log}>
			<p class="lead">{shown.length === 0 ? strings.logEmpty : strings.logLead}</p>
			{shown.length > 0 && <LogList {...{ strings, lang, archive, actor, now, here }} deeds={shown} />}
			{next !== null && (
				<nav class="paging" aria-label={strings.older}>
					<a href={next} rel="next">
						{strings.older}
					</a>
				</nav>
			)}
		</DeskLayout>
	);
};

/** One deed after another; the first of an act carries the way to take all of it back. */
export const LogList = ({ archive, strings, lang, actor, now, here, deeds }: ListProps) => {
	const seen = new Set<string>();
	return (
		<ol class="ledger">
			{deeds.map((deed) => {
				const first = !seen.has(deed.act);
				seen.add(deed.act);
				const what = whatWasDone(deed, strings, archive, now);
				return (
					<li>
						<div class={deed.undoneAt === null ? undefined : "undone"}>
							{deed.commentId === null ? what : <a href={`/admin/comments/${deed.commentId}`}>{what}</a>}
							<small>
								<bdi>{whoDid(deed, strings)}</bdi>
								{emSpace}
								<Minute instant={deed.createdAt} lang={lang} site={archive.site} />
							</small>
							{deed.reason !== "" && (
								<small>
									<bdi>{deed.reason}</bdi>
								</small>
							)}
						</div>
						{deed.undoneAt !== null && <mark>{strings.undoneMark}</mark>}
						{first && isUndoable(deed) && mayUndo(actor, deed) && (
							<UndoForm act={deed.act} back={here}>
								<button type="submit" aria-label={`${strings.undo}: ${what}`}>
									{strings.undo}
								</button>
							</UndoForm>
						)}
					</li>
				);
			})}
		</ol>
	);
};

/** What only owners do, only owners take back. */
export function mayUndo(actor: Actor | null, deed: Pick<Deed, "kind">): boolean {
	return actor?.role === "owner" || (deed.kind !== "ruled" && deed.kind !== "rejudged");
}

/** A member by their name; those who have none here by what they are. */
function whoDid({ madeBy }: Deed, strings: DeskStrings): string {
	if (madeBy === "author") return strings.whoAuthor;
	return madeBy === commandLine ? strings.whoCommandLine : madeBy;
}

function whatWasDone(deed: Deed, strings: DeskStrings, archive: Archive, now: number): string {
	const state = (value: string | null) =>
		value !== null && `state_${value}` in strings ? strings[`state_${value as "held"}`] : "—";
	const post = deed.postId === null ? "" : (archive.byId(deed.postId, now)?.title ?? strings.goneEntry);
	return fill(strings[`did_${deed.kind}`], {
		comment: deed.commentId ?? "",
		before: state(stateBefore(deed)),
		after: state(deed.state ?? deed.after),
		post,
		label: labelOf(deed),
		count: deed.after ?? "",
	});
}
