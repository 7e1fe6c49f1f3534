import type { AppContext } from "./context.ts";

/** Whether a request may change something: its method is not one of the safe ones (RFC 9110, section 9.2.1). */
export function isWrite(c: AppContext): boolean {
	return !["GET", "HEAD", "OPTIONS"].includes(c.req.method);
}
