import { enginePaths, privateSegments } from "../../posts/engine-paths.ts";
import { lazy } from "../../posts/lazy.ts";

/** First segments of paths that are no pages for every reader. */
const excluded = [
	...privateSegments,
	...enginePaths.assets,
	...enginePaths.files.filter((name) => !name.endsWith(".xml")),
];

/**
 * Speculation rules (https://wicg.github.io/nav-speculation/): browsers prefetch a page once its link is being pressed.
 * That saves the tenth of a second a finger stays down, and hardly ever fetches a page in vain. Feeds, media, forms and
 * private pages are excluded.
 */
const rules = {
	prefetch: [
		{
			where: {
				and: [
					{ href_matches: "/*" },
					{
						not: {
							href_matches: ["/*.xml", ...excluded.flatMap((segment) => [`/${segment}`, `/${segment}/*`])],
						},
					},
					{ not: { selector_matches: "[rel~=nofollow]" } },
				],
			},
			eagerness: "conservative",
		},
	],
};

/** Returns the rules as served, and a path that contains their hash, so that caches may keep them forever. */
export const speculationRules = lazy(async () => {
	const text = JSON.stringify(rules);
	const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
	const hash = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join("");
	return { path: `/scripts/speculation-${hash}.json`, text };
});
