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
		/** Set by `cache` on a page the isolate may keep. */
		keeping: Keeping | undefined;
		/** Origin of what one person's page shows from elsewhere, and no page that is shared. */
		widget?: string;
	};
};

export type AppContext = Context<AppEnv>;

export type { Services };

/**
 * Asks the database, in one cheap read, what a kept page hangs on. The page is still right while the answer is the one
 * it was made with.
 */
export type Witness = (services: Services) => Promise<string>;

/** How to ask, and what was said when the page was made. */
export type Testified = { ask: Witness; said: string };

/** What a page that an isolate keeps is checked against before it is sent again. */
export type Keeping = {
	/** Null for a page that nothing but time and a deployment can change. */
	witness: Witness | null;
	testimony: string;
	/** When it changes by itself, in epoch milliseconds; null for never. */
	changesAt: number | null;
};
