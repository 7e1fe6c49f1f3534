import type { Block } from "../../moderation/blocks.ts";
import { type DryRunProgress, type DryRunResult, dryRunLimits } from "../../moderation/dry-run.ts";
import type { Recheck } from "../../moderation/recheck.ts";
import { type SettingsError, settingsLimits, type TypedSettings } from "../../moderation/settings.ts";
import { fill, plural } from "../ui/strings/strings.ts";
import { CommentCard, findingText } from "./comment-card.tsx";
import { type AdminFrame, AdminLayout } from "./layout.tsx";
import { RecheckSection } from "./recheck-section.tsx";

type Props = AdminFrame & {
	typed: TypedSettings;
	/** The version of the settings that the form changes. */
	version: number;
	errors: readonly (SettingsError | "settings_conflict")[];
	blocks: readonly Block[];
	/** Result of a dry run; null when none was requested. */
	dryRun: (DryRunProgress & { differing: readonly DryRunResult[] }) | null;
	emailError: string | null;
	typedEmail: string;
	recheck: Recheck | null;
	now: number;
};

const limitOf: Record<SettingsError | "settings_conflict", number> = {
	settings_conflict: 0,
	words_too_many: settingsLimits.words,
	word_too_long: settingsLimits.word,
	word_too_short: 0,
	links_not_a_number: settingsLimits.links,
};

/** Maximum comments of one step of a dry run that are shown; the count includes all. */
const shownLimit = 30;

/** Renders the moderation settings, the recheck and the blocks. */
export const SettingsPage = (props: Props) => {
	const { archive, strings, lang, actor, typed, errors, blocks, dryRun, now } = props;
	const { moderation } = archive.site.comments;
	const owner = actor?.role === "owner";
	const { linkLimit } = archive.site.comments;
	const sitePolicy = fill(strings.policy_site, { policy: strings[`policy_${moderation}`] });
	return (
		<AdminLayout {...props} title={strings.settings}>
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
			{dryRun !== null && (
				<div class="notice" role="status">
					<p>
						{dryRun.changed === 0
							? fill(strings.dryRunNoChanges, { total: dryRun.total })
							: plural(strings.dryRunChanges, dryRun.changed, lang, { total: dryRun.total })}{" "}
						{strings.dryRunNotSaved}
					</p>
				</div>
			)}
			{dryRun?.differing.slice(0, shownLimit).map(({ comment, now: current, would }) => (
				<CommentCard archive={archive} comment={comment} now={now} strings={strings} lang={lang}>
					<p>
						<b>
							{fill(strings.dryRunChange, {
								before: strings[`state_${current.state}`],
								after: strings[`state_${would.state}`],
							})}
						</b>{" "}
						{would.findings.map((finding) => findingText(finding, strings)).join(" · ")}
					</p>
				</CommentCard>
			))}
			{dryRun !== null && dryRun.after !== null && (
				<form method="post" action="/admin/settings">
					<input type="hidden" name="policy" value={typed.policy} />
					<input type="hidden" name="blockedWords" value={typed.blockedWords} />
					<input type="hidden" name="links" value={typed.linkLimit} />
					<input type="hidden" name="after" value={dryRun.after} />
					<input type="hidden" name="total" value={dryRun.total} />
					{dryRun.changed > 0 && <input type="hidden" name="changed" value={dryRun.changed} />}
					<button type="submit" name="do" value="try">
						{fill(strings.dryRunMore, { count: dryRunLimits.comments })}
					</button>
				</form>
			)}
			<form method="post" action="/admin/settings" class="plain">
				<input type="hidden" name="version" value={String(props.version)} />
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
					<label for="blocked-words">{strings.blockedWords}</label>
					<textarea
						id="blocked-words"
						dir="auto"
						name="blockedWords"
						rows={8}
						aria-describedby="blocked-words-hint"
					>
						{`\n${typed.blockedWords}`}
					</textarea>
				</p>
				<p class="hint" id="blocked-words-hint">
					{strings.blockedWordsHint}
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
						{fill(strings.dryRun, { count: dryRunLimits.comments })}
					</button>{" "}
					{owner && (
						<button type="submit" name="do" value="save" class="primary">
							{strings.saveSettings}
						</button>
					)}
				</p>
				{!owner && <p class="hint">{strings.settingsOwnersOnly}</p>}
			</form>
			<RecheckSection {...props} timezone={archive.site.timezone} />
			<h2>{strings.blocks}</h2>
			{blocks.length === 0 && <p>{strings.blocksEmpty}</p>}
			<ul class="rows">
				{blocks.map(({ kind, value, label, actor, reason }) => (
					<li>
						<div>
							<b>
								<bdi>{label || "—"}</bdi>
							</b>
							<small>
								{strings[`block_${kind}`]} · <bdi>{actor}</bdi>
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
				{props.emailError !== null && (
					<p class="error" id="email-error" role="alert">
						{props.emailError}
					</p>
				)}
				<p>
					<label for="email">{strings.blockEmail}</label>
					<input
						id="email"
						name="email"
						dir="auto"
						value={props.typedEmail}
						aria-describedby={props.emailError === null ? undefined : "email-error"}
					/>
				</p>
				<p class="buttons">
					<button type="submit">{strings.block}</button>
				</p>
			</form>
		</AdminLayout>
	);
};
