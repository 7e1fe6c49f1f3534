import type { Context } from "hono";
import type { Budget } from "../../budget.ts";
import type { CachedPage } from "../../caching/cached-pages.ts";
import type { Env } from "../../env.ts";
import type { CurrentMember } from "../../members/member.ts";
import type { Services } from "../../services.ts";

/** Types of the Hono context that every handler receives. */
export type AppEnv = {
	Bindings: Env;
	Variables: {
		services: Services;
		/** The rest of the invocation's budget, for the work after the response to a write request. */
		budget: Budget;
		requestId: string;
		/** The signed-in member, below `/admin` only. */
		actor?: CurrentMember;
		/** Set by `cache` on a response that the page cache may store. */
		pageValidity: PageValidity | undefined;
		/** Set on a page that was rendered before, which comes from the database. */
		renderedPage?: { etag: string; body: Uint8Array<ArrayBuffer> };
		/** Set on a page that is to be stored in the database. */
		pageToStore?: Pick<CachedPage, "postId" | "deployment" | "revision" | "renderedAt">;
		/** Id of the post or page that the response shows. */
		entryId?: string;
		/** Set on a request whose query the route knows; a shared response to any other query is stored nowhere. */
		hasKnownQuery?: boolean;
		/** Origin of the third-party widget on a private page; never set on a shared one. */
		widget?: string;
	};
};

export type AppContext = Context<AppEnv>;

export type { Services };

/** Validates a cached page with one cheap query: the page is valid while `read` returns the `value` it was rendered from. */
export type Validator = {
	read: (services: Pick<Services, "conversation" | "caching">) => Promise<string>;
	value: string;
};

/** Conditions under which a cached page may be served again. */
export type PageValidity = {
	/** Null for a page that only time and a deployment can change. */
	validator: Validator | null;
	/** Time (epoch milliseconds) at which the page changes by itself; null for never. */
	changesAt: number | null;
	/** Time (epoch milliseconds) since which it has been as it is: that of rendering, if nothing tells an earlier one. */
	modified: number;
};
