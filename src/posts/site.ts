import type { ReactionKind } from "../reactions/kinds.ts";

/** Who a comment waits for before others see it. */
export type Moderation = "none" | "first" | "all";

/** An author as they present themselves. */
export type Profile = {
	name: string;
	bio: string | null;
	url: string | null;
	/** Path of a picture under `/media/`. */
	avatar: string | null;
};

/** `content/site.yaml` after validation: every key present, every default filled in. */
export type Site = {
	title: string;
	tagline: string;
	/** Absolute origin and base of the blog, without a trailing slash. */
	url: string;
	/** BCP 47 tag of the interface and of posts that name no language. */
	language: string;
	/** IANA time zone in which dates are written and archives are cut. */
	timezone: string;
	author: { name: string; url: string | null };
	/** What the page of an author says about them, by the slug of their name. */
	authors: Readonly<Record<string, Profile>>;
	/** Pattern of a post's address, such as `/:year/:month/:day/:slug/`. */
	permalink: string;
	/** Patterns posts had before; every address they gave leads to the post. */
	previousPermalinks: readonly string[];
	postsPerPage: number;
	home: "full" | "summary";
	navigation: readonly { title: string; url: string }[];
	markdown: { breaks: boolean };
	comments: {
		moderation: Moderation;
		/** Days after publication at which a post's thread closes; null never closes. */
		closeAfterDays: number | null;
		editWindowMinutes: number;
		/** How many levels deep replies are nested before they continue flat. */
		maxDepth: number;
		/** Words no comment is published with, whatever their width or case. */
		blockedWords: readonly string[];
		/** Most links a comment may have before it waits. */
		linkLimit: number;
		/** Comments to the whole site in ten minutes at which all wait. */
		floodLimit: number;
		/** The same from which newcomers' browsers are asked for a proof of work. */
		proofLimit: number;
	};
	/** Days after which what nobody needs any more is forgotten. */
	privacy: {
		/** Digests of commenters' networks, and the keys they were made with. */
		networkDays: number;
		/** Commenters' e-mail addresses. */
		emailDays: number;
	};
	reactions: readonly ReactionKind[];
	/** How many visitors without a cookie one network may send to react in an hour. */
	newReactorsPerHour: number;
	notifications: {
		/** Address mails come from; null sends none. */
		from: string | null;
		/** Which comments the owner hears of. */
		owner: "all" | "waiting" | "none";
		/** Minutes after one mail in which further news for the same person is gathered into the next. */
		digestMinutes: number;
	};
};
