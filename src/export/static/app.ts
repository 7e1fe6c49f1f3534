import { createApp } from "../../app.ts";
import type { Env } from "../../env.ts";
import { everyArea } from "../../every-area.ts";
import { createLog } from "../../log.ts";
import { encodePath } from "../../posts/paths.ts";
import { type Services, type Store, servicesFrom } from "../../services.ts";
import { publicAddresses } from "../../web/site/public-addresses.ts";

/** The whole site in this process. Addresses are encoded paths. */
export type SiteCopy = {
	/** The paths of all pages and files. */
	addresses(): string[];
	/** Answers as the Worker does, with all comments of a thread on its first page. */
	get(path: string): Promise<Response>;
	/** Returns the address for any spelling of a path and its query, also an old one; null when unknown. */
	resolve(path: string, query: URLSearchParams): string | null;
	/** Returns the address of a post or page by its id; null if it is not public. */
	pathOf(id: string): string | null;
	/** Old paths of posts and pages, and the addresses they lead to. */
	aliases(): [string, string][];
};

/** More comments than any thread has. */
const everyComment = 2 ** 30;

/** Runs the app, which the export has bundled with the blog's content, at the time `now`. */
export function openSite(env: Env, now: number): SiteCopy {
	const context = { waitUntil: () => {}, passThroughOnException: () => {}, props: {} };
	const services = servicesFrom(env, context, createLog("export"));
	const unfolded = <S extends Store>(store: S): S => {
		const { comments } = store.conversation;
		const thread: typeof comments.thread = (post, position, _, sort) =>
			comments.thread(post, position, everyComment, sort);
		// Inherits the others, which a repository that is loaded on demand has no list of.
		const whole: typeof comments = Object.create(comments, { thread: { value: thread } });
		return { ...store, conversation: { ...store.conversation, comments: whole } };
	};
	const connected: Services = {
		...unfolded(services),
		openStore: (consistency) => unfolded(services.openStore(consistency)),
		clock: { now: () => now, wait: async () => false },
	};
	const app = createApp(() => connected, everyArea);
	const { archive } = services;
	return {
		addresses: () => publicAddresses(archive, now),
		get: async (path) => app.request(new URL(archive.site.url).origin + path, {}, env, context),
		resolve: (path, query) => {
			const found = archive.resolveAddress(path, query, now);
			return found === null ? null : encodePath(found.path);
		},
		pathOf: (id) => {
			const entry = archive.findById(id, now);
			return entry === null ? null : encodePath(entry.path);
		},
		aliases: () =>
			[...archive.allGroups("language").flatMap((group) => group.all(now)), ...archive.pages].flatMap(
				(entry) =>
					entry.aliases.map((alias): [string, string] => [encodePath(alias), encodePath(entry.path)]),
			),
	};
}
