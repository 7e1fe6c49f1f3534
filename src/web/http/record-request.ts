import { currentUse } from "../../invocation.ts";
import { logRequest, type RequestLine } from "../../log.ts";
import type { Services } from "./context.ts";

/** A request that was answered. */
export type AnsweredRequest = Pick<RequestLine, "requestId" | "route" | "status" | "milliseconds" | "cache">;

/** Writes a request of the deployed Worker to the log, if it is in the sample. */
export function recordRequest({ archive, mail }: Services, request: AnsweredRequest): void {
	const use = currentUse();
	if (use === null || mail.localMails !== null || Math.random() >= archive.site.logSample) return;
	logRequest({ ...request, ...use });
}
