import type { Context } from "hono";
import type { Env } from "../env.ts";
import type { Services } from "../services.ts";

/** What every handler finds on its context. */
export type AppEnv = {
	Bindings: Env;
	Variables: { services: Services; requestId: string };
};

export type AppContext = Context<AppEnv>;
