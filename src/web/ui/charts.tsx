/** A bar of a chart: its place on the axis in words, and its value. */
export type Bar = { label: string; value: number };

type Props = {
	/** Unique on the page. */
	id: string;
	title: string;
	/** The chart in one sentence, for those who do not see it. */
	description: string;
	bars: readonly Bar[];
	/** Language of the numbers (BCP 47). */
	lang: string;
	/** Words of the table below the chart: its summary, and the heads of its columns. */
	table: { summary: string; label: string; value: string };
};

/** Height of a chart, and width of a bar with its gap, in units of the drawing. */
const height = 100;
const step = 10;

/** Draws a bar chart as SVG, with the figures as a table below it. It needs no script and takes its colours from the theme. */
export const BarChart = ({ id, title, description, bars, lang, table }: Props) => {
	const most = Math.max(1, ...bars.map(({ value }) => value));
	const total = bars.reduce((sum, { value }) => sum + value, 0);
	const width = Math.max(1, bars.length) * step;
	return (
		<figure class="chart">
			<figcaption>
				<span>{title}</span> <b>{total.toLocaleString(lang)}</b>
			</figcaption>
			<svg
				role="img"
				viewBox={`0 0 ${width} ${height}`}
				preserveAspectRatio="none"
				aria-labelledby={`${id}-title ${id}-desc`}
			>
				<title id={`${id}-title`}>{title}</title>
				<desc id={`${id}-desc`}>{description}</desc>
				<path class="axis" d={`M0 ${height}H${width}`} />
				{bars.map(({ value }, at) => {
					const tall = Math.round((value / most) * (height - 4) * 10) / 10;
					return value > 0 ? (
						<rect x={at * step + 1} y={height - tall} width={step - 2} height={tall} />
					) : null;
				})}
			</svg>
			<p class="scale" aria-hidden="true">
				<span>{bars[0]?.label}</span>
				<span>{bars.at(-1)?.label}</span>
			</p>
			{total > 0 && (
				<details>
					<summary>{table.summary}</summary>
					<table>
						<thead>
							<tr>
								<th scope="col">{table.label}</th>
								<th scope="col">{table.value}</th>
							</tr>
						</thead>
						<tbody>
							{bars
								.filter(({ value }) => value > 0)
								.map(({ label, value }) => (
									<tr>
										<th scope="row">{label}</th>
										<td>{value.toLocaleString(lang)}</td>
									</tr>
								))}
						</tbody>
					</table>
				</details>
			)}
		</figure>
	);
};

/** Draws a share of a whole as a bar of its own, for a row whose text says the same. */
export const ShareBar = ({ share, isHigh = false }: { share: number; isHigh?: boolean }) => (
	<svg
		class={isHigh ? "share high" : "share"}
		viewBox="0 0 100 1"
		preserveAspectRatio="none"
		aria-hidden="true"
	>
		<rect class="whole" width="100" height="1" />
		<rect width={Math.round(Math.min(1, share) * 1000) / 10} height="1" />
	</svg>
);
