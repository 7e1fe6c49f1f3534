import { currentUse } from "../../invocation.ts";
import { logRequest, type RequestLine } from "../../log.ts";
import { waitingClass } from "../../monitoring/metrics.ts";
import type { Services } from "./context.ts";
import { watchCron } from "./watch-cron.ts";

/** A request that was answered. */
export type AnsweredRequest = Pick<RequestLine, "route" | "status" | "milliseconds" | "cache"> & {
	request: Request;
	/** The post or page it showed; null for anything else. */
	entryId: string | null;
};

/** Counts a request, and writes it to the log of the deployed Worker if it is in the sample. */
export function recordRequest(
	services: Services,
	{ request, entryId, ...answered }: AnsweredRequest,
	context: { waitUntil(task: Promise<unknown>): void },
): void {
	const { archive, mail, monitoring, clock, log } = services;
	const { status, milliseconds, cache } = answered;
	monitoring.count("requests", cache);
	monitoring.count("responses", `${Math.floor(status / 100)}xx`);
	monitoring.count("waiting", waitingClass(milliseconds));
	monitoring.count("waiting_sum", "", milliseconds);
	if (entryId !== null && isRead(request, status)) monitoring.count("views", entryId);
	const gathering = monitoring.writer.gather(clock);
	if (gathering !== null)
		context.waitUntil(gathering.then((hasWaited) => (hasWaited ? watchCron(services) : undefined)));
	const use = currentUse();
	if (use === null || mail.localMails !== null || Math.random() >= archive.site.logSample) return;
	logRequest({ requestId: log.requestId ?? "", ...answered, ...use });
}

/** Whether somebody reads what a request showed: no prefetching browser, and no program that says it is one. */
function isRead({ method, headers }: Request, status: number): boolean {
	return (
		method === "GET" &&
		(status === 200 || status === 304) &&
		!/prefetch|prerender/.test(headers.get("Sec-Purpose") ?? "") &&
		!/bot|crawl|spider|slurp|preview|monitor|feed|http|curl|wget|python/i.test(
			headers.get("User-Agent") ?? "bot",
		)
	);
}
