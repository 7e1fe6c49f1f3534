/**
 * What a browser may fetch before it is sure (https://wicg.github.io/nav-speculation/): the page behind a link that is
 * being pressed, and nothing else. It gains the tenth of a second a finger stays down, and asks for no page that would
 * not be asked for anyway. Feeds, media, forms and what is one person's are left alone.
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

/** The rules as they are served, at an address that changes with them; a test holds the digest in it to the text. */
export const speculationRules = {
	path: "/scripts/speculation-423c4381c07c7abf.json",
	text: JSON.stringify(rules),
};
