import type { Tried } from "../../../moderation/dry-run.ts";
import { triedOn } from "../../../moderation/dry-run.ts";
import type { Rejudging } from "../../../moderation/rejudging.ts";
import {
	type Block,
	type SettingsError,
	settingsLimits,
	type TypedSettings,
} from "../../../moderation/settings.ts";
import { fill, plural } from "../../strings/strings.ts";
import { CommentCard, findingText } from "./comment-card.tsx";
import { type DeskFrame, DeskLayout } from "./layout.tsx";
import { RejudgingSection } from "./rejudging.tsx";

type Props = DeskFrame & {
	typed: TypedSettings;
	errors: readonly SettingsError[];
	blocks: readonly Block[];
	/** What a dry run found; null when none was asked for. */
	tried: { total: number; differing: readonly Tried[] } | null;
	emailTrouble: string | null;
	typedEmail: string;
	rejudging: Rejudging | null;
	now: number;
};

const limitOf: Record<SettingsError, number> = {
	words_too_many: settingsLimits.words,
	word_too_long: settingsLimits.word,
	word_too_short: 0,
	links_not_a_number: settingsLimits.links,
};

/** Most comments of a dry run that are shown; the count is of all. */
const mostShown = 30;

/** What the rules go by: to see, to try and to change. */
export const RulesPage = (props: Props) => {
	const { archive, strings, lang, actor, typed, errors, blocks, tried, now } = props;
	const { moderation } = archive.site.comments;
	const owner = actor?.role === "owner";
	const { linkLimit } = archive.site.comments;
	const sitePolicy = fill(strings.policy_site, { policy: strings[`policy_${moderation}`] });
	return (
		<DeskLayout {...props} title={strings.rules}>
			{errors.length > 0 && (
				<div class="notice error-summary" role="alert">
					<p>{strings.formLead}</p>
					<ul>
						{errors.map((error) => (
							<li>{fill(strings[error], { limit: limitOf[error] })}</li>
						))}
					</ul>
				</div>
			)}
			{tried !== null && (
				<div class="notice" role="status">
					<p>
						{tried.differing.length === 0
							? fill(strings.triedSame, { total: tried.total })
							: plural(strings.tried, tried.differing.length, lang, { total: tried.total })}{" "}
						{strings.triedNotSaved}
					</p>
				</div>
			)}
			{tried?.differing.slice(0, mostShown).map(({ comment, now: current, would }) => (
				<CommentCard archive={archive} comment={comment} now={now} strings={strings} lang={lang}>
					<p>
						<b>
							{fill(strings.wouldBe, {
								before: strings[`state_${current.state}`],
								after: strings[`state_${would.state}`],
							})}
						</b>{" "}
						{would.findings.map((finding) => findingText(finding, strings)).join(" · ")}
					</p>
				</CommentCard>
			))}
			<form method="post" action="/admin/rules" class="plain">
				<p>
					<label for="policy">{strings.policy}</label>
					<select id="policy" name="policy">
						<option value="">{sitePolicy}</option>
						{(["none", "first", "all"] as const).map((policy) => (
							<option value={policy} selected={policy === typed.policy}>
								{strings[`policy_${policy}`]}
							</option>
						))}
					</select>
				</p>
				<p>
					<label for="words">{strings.words}</label>
					<textarea id="words" name="words" rows={8} aria-describedby="words-hint">
						{`\n${typed.words}`}
					</textarea>
				</p>
				<p class="hint" id="words-hint">
					{strings.wordsHint}
				</p>
				<p>
					<label for="links">{strings.linkLimit}</label>
					<input
						id="links"
						name="links"
						inputmode="numeric"
						value={typed.linkLimit}
						aria-describedby="links-hint"
					/>
				</p>
				<p class="hint" id="links-hint">
					{fill(strings.linkLimitHint, { limit: linkLimit })}
				</p>
				<p class="buttons">
					<button type="submit" name="do" value="try" class={owner ? undefined : "primary"}>
						{fill(strings.tryRules, { count: triedOn.toLocaleString(lang) })}
					</button>
					{owner && (
						<button type="submit" name="do" value="save" class="primary">
							{strings.saveRules}
						</button>
					)}
				</p>
				{!owner && <p class="hint">{strings.rulesOwnersOnly}</p>}
			</form>
			<RejudgingSection {...props} timezone={archive.site.timezone} />
			<h2>{strings.blocks}</h2>
			{blocks.length === 0 && <p>{strings.blocksEmpty}</p>}
			<ul class="ledger">
				{blocks.map(({ kind, value, label, madeBy, reason }) => (
					<li>
						<div>
							<b>
								<bdi>{label}</bdi>
							</b>
							<small>
								{strings[`block_${kind}`]} · <bdi>{madeBy}</bdi>
								{reason !== "" && <bdi> · {reason}</bdi>}
							</small>
						</div>
						<form method="post" action="/admin/blocks/removal">
							<input type="hidden" name="kind" value={kind} />
							<input type="hidden" name="value" value={value} />
							<button type="submit" aria-label={`${strings.unblock}: ${label}`}>
								{strings.unblock}
							</button>
						</form>
					</li>
				))}
			</ul>
			<form method="post" action="/admin/blocks" class="plain">
				{props.emailTrouble !== null && (
					<p class="error" id="email-error" role="alert">
						{props.emailTrouble}
					</p>
				)}
				<p>
					<label for="email">{strings.blockEmail}</label>
					<input
						id="email"
						name="email"
						value={props.typedEmail}
						aria-describedby={props.emailTrouble === null ? undefined : "email-error"}
					/>
				</p>
				<p class="buttons">
					<button type="submit">{strings.ban}</button>
				</p>
			</form>
		</DeskLayout>
	);
};
