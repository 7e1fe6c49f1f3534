import type { Reading } from "../freshness/reading.ts";
import type { AppContext } from "./context.ts";

/** From here on this request reads and writes in one session of the database, beginning at that copy. */
export function readAt(c: AppContext, reading: Reading): void {
	c.set("services", { ...c.var.services, ...c.var.services.storeAt(reading) });
}
