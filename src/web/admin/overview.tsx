import { Hono } from "hono";
import { planUseOf, readFigures } from "../../monitoring/figures.ts";
import { isCronLate } from "../../monitoring/health.ts";
import { labelsOf, otherLabel } from "../../monitoring/metrics.ts";
import { splitMissing } from "../../monitoring/typed-text.ts";
import { pathKey } from "../../posts/paths.ts";
import { redirectLimit } from "../../posts/redirects.ts";
import { findSimilarPosts } from "../../posts/similar-paths.ts";
import type { AppEnv } from "../http/context.ts";
import { OverviewPage } from "./overview-page.tsx";
import { adminFrame, currentMember } from "./request.ts";

/** The state of the blog in figures, for those who operate it. */
export const overview = new Hono<AppEnv>();

overview.get("/admin", async (c) => {
	// Moderators have nothing to operate: their first page is the queue, with the result of a form that leads here.
	if (currentMember(c).role !== "owner")
		return c.redirect(`/admin/comments${new URL(c.req.url).search}`, 303);
	const { archive, moderation, mail, caching, monitoring, redirects, clock, deployedAt } = c.var.services;
	const now = clock.now();
	const [frame, figures, waiting, spam, reported, failed, due, purges, health, stored, totals] =
		await Promise.all([
			adminFrame(c),
			readFigures(monitoring.metrics, now),
			moderation.queue.countHeld(),
			moderation.queue.countSpam(),
			moderation.queue.countReported(),
			mail.outbox.failed(failedLimit),
			mail.outbox.due(now),
			caching.pendingPurges.due(now, now, purgeLimit),
			monitoring.databaseHealth(now),
			redirects.list(redirectLimit),
			monitoring.platformUse(now),
		]);
	const posts = archive.published(now);
	const redirected = new Set(stored.map(({ from }) => from));
	const missing = labelsOf(figures.week, "missing")
		.filter(([label]) => label !== otherLabel)
		.map(([label, count]) => ({ ...splitMissing(label), count }))
		.filter(({ path }) => !redirected.has(pathKey(path)))
		.slice(0, missingLength)
		.map((each) => ({ ...each, suggestion: findSimilarPosts(each.path, posts, 1)[0] ?? null }));
	return c.html(
		<OverviewPage
			{...frame}
			now={now}
			figures={figures}
			missing={missing}
			redirects={stored}
			plan={planUseOf(figures, monitoring.databaseSize(), totals, now)}
			isPlanOfAccount={totals !== null}
			state={{
				waiting,
				spam: spam.reduce((sum, { count }) => sum + count, 0),
				reported,
				failedNotices: failed.length,
				dueNotices: due.reduce((sum, { count }) => sum + count, 0),
				pendingPurges: purges.length,
				cronRanAt: health.cronRanAt,
				isCronLate: isCronLate(health, deployedAt(now), now),
			}}
		/>,
	);
});

/** Missing addresses that are listed. */
const missingLength = 10;

/** Most failed notices and pending purges that are counted. */
const failedLimit = 100;
const purgeLimit = 100;
