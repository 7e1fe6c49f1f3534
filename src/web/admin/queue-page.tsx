import { type ModeratedComment, maxHeldCount, maxSpamCount, type SpamCount } from "../../moderation/queue.ts";
import type { Archive } from "../../posts/archive.ts";
import type { Post } from "../../posts/post.ts";
import { isolate } from "../../text/direction.ts";
import { NextPage } from "../ui/next-page.tsx";
import { fill, plural } from "../ui/strings/strings.ts";
import { CommentCard, findingText, nameOf, SeenField } from "./comment-card.tsx";
import { type AdminFrame, AdminLayout } from "./layout.tsx";
import { PauseForm, type ShownPause } from "./pause-forms.tsx";
import { Shortcuts } from "./shortcuts.tsx";

/** The filters as typed; "" means no filter. */
export type TypedFilter = {
	state: string;
	post: string;
	commenter: string;
	q: string;
	from: string;
	to: string;
};

type Props = AdminFrame & {
	comments: readonly ModeratedComment[];
	waiting: number;
	spam: readonly SpamCount[];
	/** How many public comments readers reported. */
	reported: number;
	/** Whether an owner should look at the notices that could not be sent. */
	hasFailedNotices: boolean;
	filter: TypedFilter;
	/** Ids of the comments that are selected already. */
	selected: ReadonlySet<number>;
	/** Address of the next page, or null on the last. */
	next: string | null;
	now: number;
	here: string;
	pause: ShownPause;
};

const states = ["held", "reported", "published", "spam", "deleted", "any"] as const;

/** Renders the waiting or filtered comments with their actions. */
export const QueuePage = (props: Props) => {
	const { archive, strings, lang, comments, waiting, hasFailedNotices, filter, next, now, here, pause } =
		props;
	const filtered =
		filter.state !== "held" ||
		[filter.post, filter.commenter, filter.q, filter.from, filter.to].some(Boolean);
	return (
		<AdminLayout {...props} title={strings.queue} script="admin" wide>
			{hasFailedNotices && (
				<p class="notice">
					<a href="/admin/notices">{strings.noticesFailing}</a>
				</p>
			)}
			<div id="queue" data-not-sent={strings.notSent}>
				<div class="queue-head">
					<p class="lead" tabindex={-1}>
						{waitingText(waiting, props)}
					</p>
					<Filters {...props} open={filtered} />
					<PauseForm {...{ strings, lang, pause, here }} />
					{props.reported > 0 && (
						<p class="hint reported-summary">
							<a href="/admin/comments?state=reported">
								{plural(strings.reportedCount, props.reported, lang)}
							</a>
						</p>
					)}
					<SpamSummary {...props} />
				</div>
				{comments.length === 0 ? (
					filtered && <p>{next === null ? strings.noneFound : strings.noneFoundYet}</p>
				) : (
					<form method="post" action="/admin/decisions" class="queue" autocomplete="off">
						<input type="hidden" name="back" value={here} />
						{comments.map((comment) => (
							<CommentCard
								archive={archive}
								comment={comment}
								now={now}
								strings={strings}
								lang={lang}
								selection={props.selected.has(comment.id) ? "selected" : "selectable"}
							>
								<SeenField comment={comment} />
								<Actions comment={comment} strings={strings} />
							</CommentCard>
						))}
						<BulkActions strings={strings} />
					</form>
				)}
				{next !== null && <NextPage address={next} label={strings.more} name={strings.more} />}
			</div>
		</AdminLayout>
	);
};

function waitingText(waiting: number, { strings, lang }: Pick<Props, "strings" | "lang">): string {
	if (waiting === 0) return strings.noneWaiting;
	if (waiting < maxHeldCount) return plural(strings.waitingCount, waiting, lang);
	return fill(strings.manyWaiting, { count: maxHeldCount - 1 });
}

/** Renders how many comments are spam, and why, with a link to them. */
const SpamSummary = ({ spam, strings, lang }: Pick<Props, "spam" | "strings" | "lang">) => {
	const total = spam.reduce((sum, { count }) => sum + count, 0);
	if (total === 0) return null;
	const text =
		total < maxSpamCount
			? plural(strings.spamCount, total, lang)
			: fill(strings.manySpam, { count: maxSpamCount - 1 });
	const reasons = spam.map(({ rule, count }) => {
		const reason = rule === "" ? strings.byModerator : findingText({ rule, detail: "…" }, strings);
		return fill(strings.spamReason, { reason, count });
	});
	return (
		<p class="hint spam-summary">
			<a href="/admin/comments?state=spam">{text}</a> {reasons.join(" · ")}
		</p>
	);
};

/** Renders the bar of actions for all selected comments; it stays in view. */
const BulkActions = ({ strings }: { strings: Props["strings"] }) => {
	const button = (to: string, text: string, key?: string) => (
		<button type="submit" name="do" value={to} data-key={key}>
			{text}
		</button>
	);
	return (
		<fieldset class="bulk-actions">
			<legend class="visually-hidden">{strings.bulkActions}</legend>
			<div class="buttons">
				<label class="select-all" hidden>
					<input type="checkbox" id="select-all" /> {strings.selectAll}
				</label>
				{button("published", strings.approve, "a")}
				{button("spam", strings.spam, "s")}
				{button("deleted", strings.delete, "d")}
				<details class="more-actions">
					<summary>{strings.moreActions}</summary>
					<p class="buttons">
						{button("held", strings.hold)}
						{button("ban", strings.ban)}
					</p>
					<p>
						<label for="reason">{strings.reason}</label>
						<input id="reason" name="reason" dir="auto" maxlength={500} aria-describedby="reason-hint" />
					</p>
					<p class="hint" id="reason-hint">
						{strings.reasonHint}
					</p>
				</details>
				<Shortcuts strings={strings} />
			</div>
		</fieldset>
	);
};

const Actions = ({ comment, strings }: { comment: ModeratedComment; strings: Props["strings"] }) => {
	const { id, state } = comment;
	const name = nameOf(comment, strings);
	const button = (to: string, key: string, text: string, label: string, primary = false) => (
		<button
			type="submit"
			name="do"
			value={`${to}:${id}`}
			data-key={key}
			class={primary ? "primary" : undefined}
			aria-label={fill(label, { name: isolate(name) })}
		>
			{text}
		</button>
	);
	return (
		<p class="buttons">
			{state === "spam"
				? button("published", "a", strings.notSpam, strings.notSpamOf, true)
				: state !== "published" && button("published", "a", strings.approve, strings.approveOf, true)}
			{comment.reports.count > 0 && button("keep", "", strings.keep, strings.keepOf, true)}
			{state !== "spam" && button("spam", "s", strings.spam, strings.spamOf)}
			{state !== "deleted" && button("deleted", "d", strings.delete, strings.deleteOf)}
			{!comment.byAuthor && button("ban", "", strings.ban, strings.banOf)}
			<a
				class="button"
				href={`/admin/comments/${id}`}
				aria-label={fill(strings.detailsOf, { name: isolate(name) })}
			>
				{strings.details}
			</a>
		</p>
	);
};

const Filters = ({ archive, strings, filter, now, open }: Props & { open: boolean }) => (
	<details class="filters" open={open}>
		<summary>{strings.filters}</summary>
		<form method="get" action="/admin/comments" class="plain grid">
			{filter.commenter !== "" && <input type="hidden" name="commenter" value={filter.commenter} />}
			<p>
				<label for="q">{strings.search}</label>
				<input id="q" name="q" type="search" dir="auto" value={filter.q} />
			</p>
			<p>
				<label for="state">{strings.state}</label>
				<select id="state" name="state">
					{states.map((state) => (
						<option value={state} selected={state === filter.state}>
							{strings[`state_${state}`]}
						</option>
					))}
				</select>
			</p>
			<p>
				<label for="post">{strings.post}</label>
				<select id="post" name="post">
					<option value="">{strings.anyPost}</option>
					{selectablePosts(archive, filter.post, now).map((post) => (
						<option value={post.id} selected={post.id === filter.post}>
							{post.title}
						</option>
					))}
				</select>
			</p>
			<p>
				<label for="from">{strings.from}</label>
				<input id="from" name="from" type="date" value={filter.from} />
			</p>
			<p>
				<label for="to">{strings.to}</label>
				<input id="to" name="to" type="date" value={filter.to} />
			</p>
			<p class="buttons">
				<button type="submit">{strings.applyFilters}</button>{" "}
				<a class="button" href="/admin/comments">
					{strings.clearFilters}
				</a>
			</p>
		</form>
		<p class="hint">
			<a href="/admin/orphans">{strings.orphans}</a>
		</p>
	</details>
);

/** Posts of the filter: the newest, and the selected one. A list of all would be slow to render and to scan. */
function selectablePosts(archive: Archive, selected: string, now: number): readonly Post[] {
	const posts = archive.published(now);
	const newest = posts.slice(0, selectableLimit);
	const other = selected === "" || posts.length <= selectableLimit ? null : archive.findById(selected, now);
	return other === null || !("published" in other) || newest.includes(other) ? newest : [other, ...newest];
}

const selectableLimit = 300;
