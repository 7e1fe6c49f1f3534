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
							href_matches: [
								"/*.xml",
								"/admin*",
								"/comments*",
								"/me",
								"/me/*",
								"/media/*",
								"/moderation/*",
								"/reactions*",
								"/subscriptions*",
							],
						},
					},
					{ not: { selector_matches: "[rel~=nofollow]" } },
				],
			},
			eagerness: "conservative",
		},
	],
};

/** The rules as served, at a path that contains their hash; a test compares the two. */
export const speculationRules = {
	path: "/scripts/speculation-423c4381c07c7abf.json",
	text: JSON.stringify(rules),
};
