import type { Child } from "hono/jsx";
import { edgeLifetime } from "../../caching/lifetimes.ts";
import { type Metric, sumOf } from "../../monitoring/metrics.ts";
import type { PeriodCounts, PeriodLength } from "../../monitoring/periods.ts";
import { formatMinute } from "../../posts/dates.ts";
import { BarChart } from "../ui/charts.tsx";
import { fill } from "../ui/strings/strings.ts";
import { AdminLayout } from "./layout.tsx";
import {
	EmptySearches,
	Failures,
	MissingAddresses,
	MostRead,
	PlanRows,
	Redirects,
} from "./overview-lists.tsx";
import type { OverviewProps } from "./overview-props.ts";

/** Renders the overview: what waits, how much is asked for and written, what is missing or fails, and what is used up. */
export const OverviewPage = (props: OverviewProps) => {
	const { strings } = props;
	return (
		<AdminLayout {...props} title={strings.overview} script="overview" wide>
			<div id="overview" class="overview">
				<States {...props} />
				<p class="hint">{strings.overviewLead}</p>
				<Section title={strings.overviewTraffic}>
					<div class="charts">
						<Chart metric="requests" of="minutes" title={strings.requestsByMinute} {...props} />
						<Chart metric="requests" of="hours" title={strings.requestsByHour} {...props} />
						<Chart metric="requests" of="days" title={strings.requestsByDay} {...props} />
					</div>
				</Section>
				<Section title={strings.overviewConversation}>
					<div class="charts">
						<Chart metric="comments" of="hours" title={strings.commentsByHour} {...props} />
						<Chart metric="comments" of="days" title={strings.commentsByDay} {...props} />
						<Chart metric="reactions" of="hours" title={strings.reactionsByHour} {...props} />
						<Chart metric="reactions" of="days" title={strings.reactionsByDay} {...props} />
					</div>
				</Section>
				<Section title={strings.overviewCaching}>
					<p>{stateOfPages(props)}</p>
					<div class="charts">
						<Chart metric="purges" of="hours" title={strings.purgesByHour} {...props} />
						<Chart metric="purges" of="days" title={strings.purgesByDay} {...props} />
					</div>
				</Section>
				<div class="lists">
					<Section title={strings.overviewViews}>
						<MostRead {...props} />
					</Section>
					<Section title={strings.overviewPlan}>
						<PlanRows {...props} />
					</Section>
					<Section title={strings.overviewMissing}>
						<MissingAddresses {...props} />
					</Section>
					{props.redirects.length > 0 && (
						<Section title={strings.overviewRedirects} id="redirects">
							<Redirects {...props} />
						</Section>
					)}
					<Section title={strings.overviewEmptySearches}>
						<EmptySearches {...props} />
					</Section>
					<Section title={strings.overviewFailures}>
						<Failures {...props} />
					</Section>
				</div>
				<p class="hint">{fill(strings.overviewAsOf, { date: instant(props.now, props) })}</p>
			</div>
		</AdminLayout>
	);
};

const instant = (time: number, { lang, archive }: OverviewProps) =>
	formatMinute(time, lang, archive.site.timezone);

const stateOfPages = ({ strings, state }: OverviewProps) =>
	state.pendingPurges === 0
		? strings.pagesFresh
		: fill(strings.pagesPurging, { minutes: String(edgeLifetime.fresh / 60) });

const Section = ({ title, id, children }: { title: string; id?: string; children: Child }) => (
	<section aria-label={title} id={id}>
		<h2>{title}</h2>
		{children}
	</section>
);

const States = (props: OverviewProps) => {
	const { strings, lang, state } = props;
	const counts: [string, number, string | null, boolean][] = [
		[strings.stateWaiting, state.waiting, "/admin/comments", false],
		[strings.stateReported, state.reported, "/admin/comments?state=reported", false],
		[strings.stateSpam, state.spam, "/admin/comments?state=spam", false],
		[strings.stateFailedNotices, state.failedNotices, "/admin/notices", state.failedNotices > 0],
		[strings.stateDueNotices, state.dueNotices, null, false],
		[strings.statePurges, state.pendingPurges, null, false],
	];
	return (
		<dl class="states">
			{counts.map(([label, count, to, isBad]) => (
				<div class={isBad ? "bad" : undefined}>
					<dt>{label}</dt>
					<dd>{to === null ? count.toLocaleString(lang) : <a href={to}>{count.toLocaleString(lang)}</a>}</dd>
				</div>
			))}
			<div class={state.isCronLate ? "bad wide" : "wide"}>
				<dt>{strings.stateCron}</dt>
				<dd>
					{state.cronRanAt === null
						? strings.stateNever
						: fill(state.isCronLate ? strings.stateLate : strings.stateOnTime, {
								date: instant(state.cronRanAt, props),
							})}
				</dd>
			</div>
		</dl>
	);
};

type ChartProps = OverviewProps & { metric: Metric; of: "minutes" | "hours" | "days"; title: string };

const Chart = (props: ChartProps) => {
	const { metric, of, title, figures, strings, lang } = props;
	const bars = figures[of].map((period) => ({
		label: periodLabel(period, props),
		value: sumOf(period.counts, metric),
	}));
	const total = bars.reduce((sum, { value }) => sum + value, 0);
	const most = bars.reduce((top, bar) => (bar.value > top.value ? bar : top), { label: "", value: 0 });
	const values = {
		total: total.toLocaleString(lang),
		most: most.value.toLocaleString(lang),
		when: most.label,
		from: bars[0]?.label ?? "",
		to: bars.at(-1)?.label ?? "",
	};
	return (
		<BarChart
			id={`${metric}-${of}`}
			title={title}
			description={fill(total === 0 ? strings.chartEmpty : strings.chartDescription, values)}
			bars={bars}
			lang={lang}
			table={{ summary: strings.chartTable, label: strings.chartTime, value: title }}
		/>
	);
};

const formats: Readonly<Record<PeriodLength, Intl.DateTimeFormatOptions>> = {
	minute: { hour: "2-digit", minute: "2-digit" },
	hour: { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" },
	day: { month: "short", day: "numeric" },
};

/** Labels a period: minutes and hours in the blog's time zone, days in UTC, as the plan counts them. */
function periodLabel({ length, since }: PeriodCounts, { lang, archive }: OverviewProps): string {
	const timeZone = length === "day" ? "UTC" : archive.site.timezone;
	return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...formats[length], timeZone }).format(
		since,
	);
}
