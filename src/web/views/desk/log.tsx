import type { Actor } from "../../../members/member.ts";
import { commandLine, type Deed, isUndoable, stateBefore } from "../../../moderation/log.ts";
import type { Archive } from "../../../posts/archive.ts";
import { formatMinute } from "../../../posts/dates.ts";
import type { DeskWords } from "../../desk.ts";
import type { DeskStrings } from "../../strings/desk.ts";
import { fill } from "../../strings/strings.ts";
import { labelOf } from "./done.tsx";
import { type DeskFrame, DeskLayout } from "./layout.tsx";

type TableProps = DeskWords & {
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
			{shown.length > 0 && <LogTable {...{ strings, lang, archive, actor, now, here }} deeds={shown} />}
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

/** Deeds one a row; the first of an act carries the way to take all of it back. */
export const LogTable = ({ archive, strings, lang, actor, now, here, deeds }: TableProps) => {
	const seen = new Set<string>();
	return (
		<section class="table" tabindex={0} aria-label={strings.log}>
			<table class="log">
				<thead>
					<tr>
						<th scope="col">{strings.when}</th>
						<th scope="col">{strings.who}</th>
						<th scope="col">{strings.what}</th>
						<th scope="col">{strings.why}</th>
						<th scope="col">{strings.undo}</th>
					</tr>
				</thead>
				<tbody>
					{deeds.map((deed) => {
						const first = !seen.has(deed.act);
						seen.add(deed.act);
						const undoable = first && isUndoable(deed) && mayUndo(actor, deed);
						return (
							<tr class={deed.undoneAt === null ? undefined : "undone"}>
								<td>{formatMinute(deed.createdAt, lang, archive.site.timezone)}</td>
								<td>
									<bdi>{whoDid(deed, strings)}</bdi>
								</td>
								<td>
									{deed.commentId === null ? (
										whatWasDone(deed, strings, archive, now)
									) : (
										<a href={`/admin/comments/${deed.commentId}`}>
											{whatWasDone(deed, strings, archive, now)}
										</a>
									)}
								</td>
								<td>
									<bdi>{deed.reason}</bdi>
								</td>
								<td>
									{deed.undoneAt !== null && strings.undoneMark}
									{undoable && (
										<form method="post" action="/admin/undo">
											<input type="hidden" name="act" value={deed.act} />
											<input type="hidden" name="back" value={here} />
											<button
												type="submit"
												aria-label={`${strings.undo}: ${whatWasDone(deed, strings, archive, now)}`}
											>
												{strings.undo}
											</button>
										</form>
									)}
								</td>
							</tr>
						);
					})}
				</tbody>
			</table>
		</section>
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
