import type { CurrentMember } from "../../members/member.ts";
import { type Recheck, recheckLimit, recheckSelections } from "../../moderation/recheck.ts";
import { formatMinute } from "../../posts/dates.ts";
import { fill } from "../ui/strings/strings.ts";
import type { AdminLanguage } from "./request.ts";
import { UndoForm } from "./undo-form.tsx";

type Props = AdminLanguage & {
	actor: CurrentMember | null;
	/** The running or latest recheck; null before the first. */
	recheck: Recheck | null;
	timezone: string;
};

/** Renders the progress of the recheck, and for owners the buttons to start, stop and undo it. */
export const RecheckSection = ({ strings, lang, actor, recheck, timezone }: Props) => {
	const owner = actor?.role === "owner";
	return (
		<section id="recheck" aria-labelledby="recheck-heading">
			<h2 id="recheck-heading">{strings.recheck}</h2>
			<p>{strings.recheckLead}</p>
			{recheck !== null && <Progress {...{ strings, lang, timezone, recheck }} />}
			{owner && recheck?.state === "running" && (
				<form method="post" action="/admin/recheck/end" class="plain">
					<p class="buttons">
						<button type="submit">{strings.stopRecheck}</button>
					</p>
				</form>
			)}
			{owner && recheck !== null && recheck.state !== "running" && recheck.undoable && (
				<UndoForm operation={recheck.operation} back="/admin/settings" class="plain">
					<p class="buttons">
						<button type="submit">{strings.undoRecheck}</button>
					</p>
				</UndoForm>
			)}
			{owner && recheck?.state !== "running" && (
				<form method="post" action="/admin/recheck" class="plain">
					<p class="buttons">
						{recheckSelections.map((selection) => (
							<>
								<button type="submit" name="selection" value={selection}>
									{fill(strings[`recheck_${selection}`], { count: recheckLimit.toLocaleString(lang) })}
								</button>{" "}
							</>
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
	recheck,
}: Pick<Props, "strings" | "lang" | "timezone"> & { recheck: Recheck }) => {
	const { state, total, checked, changed, settledAt } = recheck;
	const values = {
		total: total.toLocaleString(lang),
		checked: checked.toLocaleString(lang),
		changed: changed.toLocaleString(lang),
		date: settledAt === null ? "" : formatMinute(settledAt, lang, timezone),
	};
	return (
		<div class="notice">
			<p>{fill(strings[`recheck_${state}`], values)}</p>
			{state === "running" && (
				<progress
					value={Math.min(checked, total)}
					max={Math.max(total, 1)}
					aria-labelledby="recheck-heading"
				/>
			)}
		</div>
	);
};
