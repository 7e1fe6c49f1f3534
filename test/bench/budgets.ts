import { join } from "node:path";
import { startBlog } from "../support/blog.ts";
import { bundleEngine } from "../support/bundle.ts";
import { defaultLimits, freePlan, rowCostsOf, rowsOf, rowsWrittenADay } from "../support/free-plan.ts";
import { world } from "../support/outside.ts";
import { disposeIdleRuntimes } from "../support/runtime.ts";
import { addDueNotices, everyChannel, fillTables, type Measurement, tourRoutes } from "../support/tour.ts";

type Add = (what: string, figure: string, budget: string, held: boolean | null) => void;

const inWords = (count: number) => count.toLocaleString("en");

/** Measures what every route and a cron run use of the free plan, on a blog with every channel and filled tables. */
export async function budgets(folder: string, add: Add): Promise<void> {
	process.env.EDGECAT_TEST_ENGINE = join(folder, "engine.js");
	process.env.TMPDIR = folder;
	await bundleEngine(process.env.EDGECAT_TEST_ENGINE);
	const net = world();
	const blog = await startBlog({ ...everyChannel, outbound: net.outside });
	try {
		await fillTables(blog);
		const measured = await tourRoutes(blog, net);
		for (const used of worstOfEach(measured)) addInvocation(add, used);
		await addDueNotices(blog);
		await blog.usage();
		await blog.cron();
		const route = "cron, with 1,000 notices due and every job waiting";
		addInvocation(add, { route, status: 200, usage: await blog.usage() });
		addDays(add, measured);
	} finally {
		await blog.stop();
		await disposeIdleRuntimes();
	}
}

/** Of the measurements of each route, the one that writes or reads the most rows. */
function worstOfEach(measured: readonly Measurement[]): Measurement[] {
	const size = (used: Measurement) => rowsOf(used, "rowsRead") + 50 * rowsOf(used, "rowsWritten");
	return [...Map.groupBy(measured, ({ route }) => route).values()].map((all) =>
		all.reduce((worst, used) => (size(used) > size(worst) ? used : worst)),
	);
}

function addInvocation(add: Add, used: Measurement): void {
	const { statements, subrequests } = used.usage;
	const figures = [statements.length, subrequests, rowsOf(used, "rowsRead"), rowsOf(used, "rowsWritten")];
	add(
		`Statements, subrequests, rows read and written: ${used.route}`,
		figures.map(inWords).join(", "),
		`at most ${freePlan.statements} and ${freePlan.subrequests}`,
		statements.length <= freePlan.statements && subrequests <= freePlan.subrequests,
	);
}

/** Adds what the plan's day is enough for, and what the default limits let visitors write. */
function addDays(add: Add, measured: readonly Measurement[]): void {
	const costs = rowCostsOf(measured);
	const written = rowsWrittenADay(costs, defaultLimits());
	for (const [what, rows, plan] of [
		["Comments a day", costs.comment, freePlan.rowsWritten],
		["Reactions a day", costs.reaction, freePlan.rowsWritten],
		["Page views a day that are rendered from D1", costs.pageView, freePlan.rowsRead],
	] as const) {
		const figure = `${inWords(plan)} rows / ${inWords(rows)} = ${inWords(Math.floor(plan / rows))}`;
		add(`${what}, on the free plan`, figure, "", null);
	}
	for (const [who, rows, most] of [
		["one network", written.network, Math.floor(freePlan.rowsWritten / 3)],
		["everybody", written.site, freePlan.rowsWritten],
	] as const) {
		add(
			`Rows written a day by ${who}, at the default limits`,
			inWords(rows),
			`at most ${inWords(most)}`,
			rows <= most,
		);
	}
}
