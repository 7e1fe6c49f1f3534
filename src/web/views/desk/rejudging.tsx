import type { Actor } from "../../../members/member.ts";
import { latestRejudged, type Rejudging, rejudgeable } from "../../../moderation/rejudging.ts";
import { formatMinute } from "../../../posts/dates.ts";
import type { DeskWords } from "../../desk.ts";
import { fill } from "../../strings/strings.ts";
import { UndoForm } from "./undo-form.tsx";

type Props = DeskWords & {
	actor: Actor | null;
	/** The one under way, or the last; null before there was any. */
	rejudging: Rejudging | null;
	timezone: string;
};

/** Having what is already here judged again: how far it is, and for owners the ways to begin, stop and undo it. */
export const RejudgingSection = ({ strings, lang, actor, rejudging, timezone }: Props) => {
	const owner = actor?.role === "owner";
	return (
		<section id="rejudging" aria-labelledby="rejudging-heading">
			<h2 id="rejudging-heading">{strings.rejudge}</h2>
			<p>{strings.rejudgeLead}</p>
			{rejudging !== null && <Progress {...{ strings, lang, timezone, rejudging }} />}
			{owner && rejudging?.state === "running" && (
				<form method="post" action="/admin/rejudging/end" class="plain">
					<p class="buttons">
						<button type="submit">{strings.rejudgeStop}</button>
					</p>
				</form>
			)}
			{owner && rejudging !== null && rejudging.state !== "running" && rejudging.undoable && (
				<UndoForm act={rejudging.act} back="/admin/rules" class="plain">
					<p class="buttons">
						<button type="submit">{strings.rejudgeUndo}</button>
					</p>
				</UndoForm>
			)}
			{owner && rejudging?.state !== "running" && (
				<form method="post" action="/admin/rejudging" class="plain">
					<p class="buttons">
						{rejudgeable.map((which) => (
							<button type="submit" name="which" value={which}>
								{fill(strings[`rejudge_${which}`], { count: latestRejudged.toLocaleString(lang) })}
							</button>
						))}
					</p>
				</form>
			)}
		</section>
	);
};

const Progress = ({
	strings,
	lang,
	timezone,
	rejudging,
}: Pick<Props, "strings" | "lang" | "timezone"> & { rejudging: Rejudging }) => {
	const { state, total, looked, changed, settledAt } = rejudging;
	const values = {
		total: total.toLocaleString(lang),
		looked: looked.toLocaleString(lang),
		changed: changed.toLocaleString(lang),
		date: settledAt === null ? "" : formatMinute(settledAt, lang, timezone),
	};
	return (
		<div class="notice">
			<p>{fill(strings[`rejudging_${state}`], values)}</p>
			{state === "running" && (
				<progress
					value={Math.min(looked, total)}
					max={Math.max(total, 1)}
					aria-labelledby="rejudging-heading"
				/>
			)}
		</div>
	);
};
