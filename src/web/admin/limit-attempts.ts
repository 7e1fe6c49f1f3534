import { BlogError } from "../../errors.ts";
import type { AppContext } from "../http/context.ts";
import { adminLanguageOf } from "./request.ts";

/** Counts an attempt per network; throws when there were too many. */
export async function limitAttempts(c: AppContext): Promise<void> {
	const network = c.req.header("CF-Connecting-IP") ?? "local";
	if (await c.var.services.signInLimiter(network)) return;
	throw new BlogError("too_many", adminLanguageOf(c).strings.tooManyAttempts);
}
