import type { ReactionKind } from "../reactions/kinds.ts";
import type { CoverImage } from "./post.ts";

/** Comments held for moderation by policy: none, those of first-time commenters, or all. */
export type Moderation = "none" | "first" | "all";

/** The crawlers of language models that `robots.txt` lets in. */
export const aiCrawlers = ["allow", "no_training", "block"] as const;
export type AiCrawlers = (typeof aiCrawlers)[number];

/** An author's public profile. */
export type Profile = {
	name: string;
	bio: string | null;
	url: string | null;
	/** Path of an image under `/media/`. */
	avatar: string | null;
};

/** A meta or link element by its attributes. */
export type HeadElement = { element: "meta" | "link"; attributes: Readonly<Record<string, string>> };

/** `content/site.yaml` after validation: every key present, every default filled in. */
export type Site = {
	title: string;
	tagline: string;
	/** Origin of the blog, without a trailing slash. */
	url: string;
	/** Hosts beside that of `url` at which the blog is served too; one that begins with `*` stands for all that end so. */
	alsoAt: readonly string[];
	/** UUID from which the ids of feeds and their entries are made; it never changes, whatever `url` is. */
	blogId: string;
	/** Blogs that this one recommends; `feed` is the URL of one's feed. */
	blogroll: readonly { title: string; url: string; feed: string }[];
	/** URL of the WebSub hub that is told of new posts, or null. */
	hub: string | null;
	/** Address below which the files of the content folder are edited; null when none is named. */
	repository: string | null;
	/** BCP 47 tag of the interface, and of posts without `lang`. */
	language: string;
	/** IANA time zone for displayed dates and for archives. */
	timezone: string;
	author: { name: string; url: string | null };
	/** The image shown where a page without one is shared. */
	image: CoverImage | null;
	/** Elements that the owner adds to the head of every page. */
	head: readonly HeadElement[];
	/** URI of who receives reports of security holes; null if none is named. */
	securityContact: string | null;
	/** Author profiles by the slug of the name. */
	authors: Readonly<Record<string, Profile>>;
	/** Descriptions of categories, tags and series by slug. */
	terms: Readonly<Record<string, string>>;
	/** Permalink pattern of posts, such as `/:year/:month/:day/:slug/`. */
	permalink: string;
	/** Earlier permalink patterns; addresses of these patterns redirect to the post. */
	previousPermalinks: readonly string[];
	postsPerPage: number;
	home: "full" | "summary";
	navigation: readonly { title: string; url: string }[];
	/** The wishes that `robots.txt` tells crawlers. */
	crawlers: {
		/** Crawlers of language models that may come: all, those that collect no training data, or none. */
		ai: AiCrawlers;
		/** Uses the posts may or may not be put to, as content signals; null says nothing about a use. */
		signals: Readonly<Record<"search" | "ai-input" | "ai-train", boolean | null>>;
	};
	markdown: {
		/** Whether a newline in a paragraph is a line break. */
		breaks: boolean;
		/** Whether dollar signs mark formulas. */
		math: boolean;
		/** Whether typewriter quotation marks and dashes become those of a post's language. */
		typography: boolean;
		/** Whether `:name:` becomes an emoji. */
		emoji: boolean;
	};
	comments: {
		moderation: Moderation;
		/** Days after publication until a post's thread closes; null never closes. */
		closeAfterDays: number | null;
		editWindowMinutes: number;
		/** Maximum nesting depth of replies; deeper replies continue on the last level. */
		maxDepth: number;
		/** Words that hold a comment for moderation; width and case are ignored. */
		blockedWords: readonly string[];
		/** Maximum number of links; comments with more are held. */
		linkLimit: number;
		/** Comments to the whole site within ten minutes from which all new ones are held. */
		floodLimit: number;
		/** Comments to the whole site within ten minutes from which newcomers' browsers must solve a proof of work. */
		proofLimit: number;
	};
	/** Share of requests that write a line to the log, from 0 to 1. */
	logSample: number;
	/** Retention of personal data, in days. */
	privacy: {
		/** Hashes of commenters' networks, and the keys of these hashes. */
		networkDays: number;
		/** Commenters' e-mail addresses. */
		emailDays: number;
		/** Words of spam and deleted comments, and everything about their authors. */
		rejectedDays: number;
	};
	reactions: readonly ReactionKind[];
	/**
	 * Limits beyond which nothing is stored: of one network in an hour, and of the whole site in a day. Notices to subscribers
	 * beyond theirs wait for the next day.
	 */
	limits: Readonly<Record<"comment" | "reaction" | "mail", { perHour: number; perDay: number }>> & {
		readonly notice: { perDay: number };
	};
	notifications: {
		/** Sender address of e-mails; null disables them. */
		from: string | null;
		/** Comments the owner is notified about. */
		owner: "all" | "waiting" | "none";
		/** Minutes after an e-mail during which further notifications to the same person are collected for the next one. */
		digestMinutes: number;
	};
};
