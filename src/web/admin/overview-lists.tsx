import { addCounts, labelsOf, otherLabel } from "../../monitoring/metrics.ts";
import { formatMinute } from "../../posts/dates.ts";
import { ShareBar } from "../ui/charts.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { href } from "../ui/links.ts";
import { fill } from "../ui/strings/strings.ts";
import type { OverviewProps } from "./overview-props.ts";

/** Rows of each list. */
const listLength = 10;

/** Searches of which fewer are counted are not shown: they may be of one person. */
const leastSearches = 2;

/** Use of a limit from which its row is marked. */
const highUse = 0.8;

/** Lists the posts and pages that were read most in the last thirty days. */
export const MostRead = ({ figures, archive, strings, lang, now }: OverviewProps) => {
	const views = labelsOf(addCounts(figures.days.map(({ counts }) => counts)), "views");
	const rows = views
		.flatMap(([id, count]) => {
			const entry = archive.findById(id, now);
			return entry === null ? [] : [{ entry, count }];
		})
		.slice(0, listLength);
	const most = rows[0]?.count ?? 1;
	if (rows.length === 0) return <p class="hint">{strings.viewsNone}</p>;
	return (
		<ol class="figures">
			{rows.map(({ entry, count }) => (
				<li>
					<a href={href(entry.path)} {...inLanguage(entry.lang)}>
						{entry.title}
					</a>
					<b>{count.toLocaleString(lang)}</b>
					<ShareBar share={count / most} />
				</li>
			))}
		</ol>
	);
};

/** Lists searches that found nothing, if there were several of them. */
export const EmptySearches = ({ figures, strings, lang }: OverviewProps) => {
	const searches = labelsOf(figures.week, "empty_searches")
		.filter(([label, count]) => label !== otherLabel && count >= leastSearches)
		.slice(0, listLength);
	if (searches.length === 0) return <p class="hint">{strings.emptySearchesNone}</p>;
	return (
		<ul class="figures">
			{searches.map(([label, count]) => (
				<li>
					<bdi>{label}</bdi>
					<b>{count.toLocaleString(lang)}</b>
				</li>
			))}
		</ul>
	);
};

/** Lists addresses that do not exist, with the hosts that link to them and a redirect to the post that may be meant. */
export const MissingAddresses = ({ missing, strings, lang }: OverviewProps) => {
	if (missing.length === 0) return <p class="hint">{strings.missingNone}</p>;
	return (
		<ul class="figures">
			{missing.map(({ path, host, count, suggestion }) => (
				<li>
					<span>
						<code>{readable(path)}</code>
						{host !== "" && <small>{fill(strings.missingFrom, { host })}</small>}
					</span>
					<b>{count.toLocaleString(lang)}</b>
					{suggestion !== null && (
						<form method="post" action="/admin/redirects">
							<input type="hidden" name="from" value={path} />
							<input type="hidden" name="to" value={suggestion.id} />
							<button type="submit">{fill(strings.redirectTo, { title: suggestion.title })}</button>
						</form>
					)}
				</li>
			))}
		</ul>
	);
};

/** Lists the redirects that were made here, each with a button that removes it. */
export const Redirects = ({ redirects, strings }: OverviewProps) => (
	<>
		<ul class="figures">
			{redirects.map(({ from, to }) => (
				<li>
					<span>
						<code>{from}</code>
						<small>
							→ <a href={href(to)}>{to}</a>
						</small>
					</span>
					<form method="post" action="/admin/redirects/removal">
						<input type="hidden" name="from" value={from} />
						<button type="submit" aria-label={fill(strings.removeRedirectFrom, { path: from })}>
							{strings.removeRedirect}
						</button>
					</form>
				</li>
			))}
		</ul>
		<p class="hint">{strings.redirectsHint}</p>
	</>
);

function readable(path: string): string {
	try {
		return decodeURI(path);
	} catch {
		return path;
	}
}

/** Lists the kinds of failures, with the ids under which the log has the latest. */
export const Failures = ({ figures, strings, lang }: OverviewProps) => {
	const failures = labelsOf(figures.week, "errors").slice(0, listLength);
	const requests = labelsOf(figures.week, "error_requests").map(([label]) => label);
	if (failures.length === 0) return <p class="hint">{strings.failuresNone}</p>;
	return (
		<ul class="figures">
			{failures.map(([event, count]) => {
				const ids = requests
					.filter((label) => label.startsWith(`${event} `))
					.map((label) => label.slice(event.length + 1))
					.filter((id) => id !== "")
					.slice(0, 3);
				return (
					<li>
						<span>
							<span lang="en">{event}</span>
							{ids.map((id) => (
								<small>
									<code>{id}</code>
								</small>
							))}
						</span>
						<b>{count.toLocaleString(lang)}</b>
					</li>
				);
			})}
		</ul>
	);
};

/** Lists the limits of the free plan with what is used of them. */
export const PlanRows = ({ plan, isPlanOfAccount, strings, lang, archive }: OverviewProps) => (
	<>
		<ul class="figures">
			{plan.map(({ limit, used, of, runsOutAt }) => {
				const share = used / of;
				const percent = share.toLocaleString(lang, { style: "percent", maximumFractionDigits: 1 });
				return (
					<li class={share >= highUse ? "bad" : undefined}>
						<span>
							{strings[`plan_${limit}`]}
							<small>
								{fill(strings.planUse, { used: amount(limit, used, lang), of: amount(limit, of, lang) })}
								{runsOutAt !== null &&
									` · ${fill(strings.planRunsOut, {
										date: formatMinute(runsOutAt, lang, archive.site.timezone),
									})}`}
							</small>
						</span>
						<b>{percent}</b>
						<ShareBar share={share} isHigh={share >= highUse} />
					</li>
				);
			})}
		</ul>
		<p class="hint">{isPlanOfAccount ? strings.planOfAccount : strings.planHint}</p>
	</>
);

function amount(limit: OverviewProps["plan"][number]["limit"], value: number, lang: string): string {
	return limit === "databaseSize"
		? (value / 1_000_000).toLocaleString(lang, {
				style: "unit",
				unit: "megabyte",
				maximumFractionDigits: 1,
			})
		: value.toLocaleString(lang);
}
