import type { Context } from "hono";
import type { Env } from "../env.ts";
import type { Actor } from "../members/member.ts";
import type { Services } from "../services.ts";

/** What every handler finds on its context. */
export type AppEnv = {
	Bindings: Env;
	Variables: {
		services: Services;
		requestId: string;
		/** Who is asking, where the desk has let somebody in. */
		actor?: Actor;
	};
};

export type AppContext = Context<AppEnv>;
