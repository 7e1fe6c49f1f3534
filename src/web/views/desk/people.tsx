import type { DeskComment } from "../../../moderation/queue.ts";
import type { Person } from "../../../moderation/repository.ts";
import { formatMinute } from "../../../posts/dates.ts";
import { fill } from "../../strings/strings.ts";
import { CommentCard, nameOf } from "./comment-card.tsx";
import { type DeskFrame, DeskLayout } from "./layout.tsx";

/** Who wrote comments. */
export const PeoplePage = (props: DeskFrame & { people: readonly Person[]; next: string | null }) => {
	const { strings, lang, archive, people, next } = props;
	return (
		<DeskLayout {...props} title={strings.people}>
			<p class="lead">{people.length === 0 ? strings.peopleEmpty : strings.peopleLead}</p>
			<ul class="ledger">
				{people.map((person) => (
					<li>
						<div>
							<a href={`/admin/people/${encodeURIComponent(person.visitor)}`}>
								<bdi>{nameOf(person, strings)}</bdi>
							</a>
							<small>
								{formatMinute(person.latestAt, lang, archive.site.timezone)}
								{" · "}
								{fill(strings.history, person.history)}
							</small>
						</div>
					</li>
				))}
			</ul>
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

type PersonProps = DeskFrame & {
	visitor: string;
	comments: readonly DeskComment[];
	hasNetwork: boolean;
	next: string | null;
	now: number;
	here: string;
	trouble: string | null;
};

/** Everything one person wrote, and what can be done about the person. */
export const PersonPage = (props: PersonProps) => {
	const { archive, strings, lang, actor, comments, visitor, hasNetwork, next, now, here, trouble } = props;
	const base = `/admin/people/${encodeURIComponent(visitor)}`;
	const [latest] = comments;
	return (
		<DeskLayout
			{...props}
			title={fill(strings.person, { name: latest === undefined ? "—" : nameOf(latest, strings) })}
			script="desk"
		>
			{trouble !== null && (
				<p class="notice error-summary" role="alert">
					{trouble}
				</p>
			)}
			<div class="buttons">
				<form method="post" action={`${base}/block`} class="buttons">
					<input type="hidden" name="back" value={here} />
					<button type="submit" name="kind" value="visitor">
						{strings.blockPerson}
					</button>
					{hasNetwork && (
						<button type="submit" name="kind" value="network">
							{strings.blockNetwork}
						</button>
					)}
				</form>
			</div>
			{!hasNetwork && <p class="hint">{strings.noNetwork}</p>}
			{comments.map((comment) => (
				<CommentCard archive={archive} comment={comment} now={now} strings={strings} lang={lang}>
					<p class="buttons">
						<a
							class="button"
							href={`/admin/comments/${comment.id}`}
							aria-label={`${strings.open}: ${strings.comment} ${comment.id}`}
						>
							{strings.open}
						</a>
					</p>
				</CommentCard>
			))}
			{next !== null && (
				<nav class="paging" aria-label={strings.older}>
					<a href={next} rel="next">
						{strings.older}
					</a>
				</nav>
			)}
			{actor?.role === "owner" &&
				(["anonymise", "erase"] as const).map((what) => (
					<section aria-labelledby={`${what}-heading`}>
						<h2 id={`${what}-heading`}>{strings[what]}</h2>
						<form
							method="post"
							action={`${base}/${what === "erase" ? "erasure" : "anonymity"}`}
							class="plain"
						>
							<p>{strings[`${what}Hint`]}</p>
							<p>
								<label for={`${what}-sure`} class="check">
									<input type="checkbox" id={`${what}-sure`} name="sure" value="yes" />{" "}
									{strings.confirmForget}
								</label>
							</p>
							<p class="buttons">
								<button type="submit">{strings[what]}</button>
							</p>
						</form>
					</section>
				))}
		</DeskLayout>
	);
};
