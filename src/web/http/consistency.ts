import type { Consistency } from "../../caching/consistency.ts";
import type { AppContext } from "./context.ts";

/** Switches the rest of the request to one D1 session with the given consistency. */
export function storeFor(c: AppContext, consistency: Consistency): void {
	c.set("services", { ...c.var.services, ...c.var.services.openStore(consistency) });
}
