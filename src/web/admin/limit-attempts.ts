import { networkOf } from "../../comments/network.ts";
import { BlogError } from "../../errors.ts";
import type { AppContext } from "../http/context.ts";
import { adminLanguageOf } from "./request.ts";

/** Counts an attempt per network, a /64 in IPv6; throws `too_many` above the limit of the deployment. */
export async function limitAttempts(c: AppContext): Promise<void> {
	const network = networkOf(c.req.header("CF-Connecting-IP") ?? "local");
	if (await c.var.services.identity.signInLimiter(network)) return;
	throw new BlogError("too_many", adminLanguageOf(c).strings.tooManyAttempts);
}
