/** An old address that an owner has redirected in the admin: a path key, and the path of the post it leads to. */
export type Redirect = { from: string; to: string };

/** Stores the redirects that were made in the admin; those in front matter are aliases of their post. */
export type RedirectRepository = {
	/** Returns the path that an address leads to, by its path key; null for none. */
	find(from: string): Promise<string | null>;
	/** Lists the redirects, latest first. */
	list(limit: number): Promise<readonly Redirect[]>;
	/** Adds a redirect, or changes the one of this address. */
	add(redirect: Redirect, now: number): Promise<void>;
	remove(from: string): Promise<void>;
};

/** Most redirects that are listed: they are meant to move to front matter. */
export const redirectLimit = 200;
