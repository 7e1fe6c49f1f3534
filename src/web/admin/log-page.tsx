import type { CurrentMember } from "../../members/member.ts";
import {
	type AuditEntry,
	commandLineActor,
	isUndoable,
	mayUndo,
	retentionActor,
	stateBefore,
} from "../../moderation/audit-log.ts";
import type { Archive } from "../../posts/archive.ts";
import { DateTime } from "../ui/byline.tsx";
import { emSpace } from "../ui/message.tsx";
import { NextPage } from "../ui/next-page.tsx";
import type { AdminStrings } from "../ui/strings/admin.ts";
import { fill } from "../ui/strings/strings.ts";
import { type AdminFrame, AdminLayout } from "./layout.tsx";
import type { AdminLanguage } from "./request.ts";
import { labelOf } from "./result-notice.tsx";
import { UndoForm } from "./undo-form.tsx";

type ListProps = AdminLanguage & {
	archive: Archive;
	actor: CurrentMember | null;
	now: number;
	here: string;
	entries: readonly AuditEntry[];
};

/** Renders the audit log: operation, member, time and reason. */
export const LogPage = (
	props: AdminFrame & {
		entries: readonly AuditEntry[];
		shown: readonly AuditEntry[];
		next: string | null;
		now: number;
		here: string;
	},
) => {
	const { strings, lang, archive, actor, shown, next, now, here } = props;
	return (
		<AdminLayout {...props} title={strings.log}>
			<p class="lead">{shown.length === 0 ? strings.logEmpty : strings.logLead}</p>
			{shown.length > 0 && <LogList {...{ strings, lang, archive, actor, now, here }} entries={shown} />}
			{next !== null && <NextPage address={next} label={strings.older} name={strings.older} />}
		</AdminLayout>
	);
};

/** Renders log entries; the first entry of an operation has the button that undoes all of it. */
export const LogList = ({ archive, strings, lang, actor, now, here, entries }: ListProps) => {
	const seen = new Set<string>();
	return (
		<ol class="rows">
			{entries.map((entry) => {
				const first = !seen.has(entry.operation);
				seen.add(entry.operation);
				const what = describeEntry(entry, strings, archive, now);
				return (
					<li>
						<div class={entry.undoneAt === null ? undefined : "undone"}>
							{entry.commentId === null ? what : <a href={`/admin/comments/${entry.commentId}`}>{what}</a>}
							<small>
								<bdi>{actorName(entry, strings)}</bdi>
								{emSpace}
								<DateTime instant={entry.createdAt} lang={lang} site={archive.site} />
							</small>
							{entry.reason !== "" && (
								<small>
									<bdi>{entry.reason}</bdi>
								</small>
							)}
						</div>
						{entry.undoneAt !== null && <mark>{strings.undoneMark}</mark>}
						{first && isUndoable(entry) && mayUndo(actor, entry) && (
							<UndoForm operation={entry.operation} back={here}>
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

/** The name of the member; for the command line and the commenter, a description. */
function actorName({ actor }: AuditEntry, strings: AdminStrings): string {
	if (actor === "author") return strings.actorCommenter;
	if (actor === retentionActor) return strings.actorRetention;
	return actor === commandLineActor ? strings.actorCommandLine : actor;
}

function describeEntry(entry: AuditEntry, strings: AdminStrings, archive: Archive, now: number): string {
	const state = (value: string | null) =>
		value !== null && `state_${value}` in strings ? strings[`state_${value as "held"}`] : "—";
	const post =
		entry.postId === null ? "" : (archive.findById(entry.postId, now)?.title ?? strings.missingPost);
	return fill(strings[`did_${entry.kind}`], {
		comment: entry.commentId ?? "",
		before: state(stateBefore(entry)),
		after: state(entry.state ?? entry.after),
		post,
		label: labelOf(entry),
		count: entry.after ?? "",
		from: entry.before ?? "",
	});
}
