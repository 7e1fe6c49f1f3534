import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { validate as isUuid } from "uuid";
import * as v from "valibot";
import { defaultBlogId } from "../posts/feed-ids.ts";
import { aiCrawlers, type Site } from "../posts/site.ts";
import { type ReactionKind, reactionKinds } from "../reactions/kinds.ts";
import { authorFields, toProfiles } from "./authors.ts";
import { type CoverFields, coverFields } from "./cover-image.ts";
import { parseTimezone } from "./dates.ts";
import { findEqualNames } from "./equal-names.ts";
import {
	bool,
	language,
	list,
	oneOf,
	type ParseResult,
	parsedText,
	record,
	share,
	text,
	wholeNumber,
} from "./fields.ts";
import { findHeadMistakes, headFields } from "./head.ts";
import { parsePermalink } from "./permalinks.ts";
import { displayPath, type Problem } from "./problems.ts";
import { parseRepository } from "./repository.ts";
import { type KnownTerms, termDescriptions, termFields, toKnownTerms } from "./terms.ts";
import { readTextFile } from "./text-file.ts";
import { defaultTheme, findTheme } from "./themes.ts";
import { validate } from "./validate.ts";
import { parseWebAddress, webAddress } from "./web-address.ts";
import { lineOf, parseYaml } from "./yaml.ts";

/** Reads `site.yaml`; invalid keys get their defaults, so that posts can be checked anyway. */
export function readSite(contentDir: string): {
	site: Site;
	terms: KnownTerms;
	keepMetadata: boolean;
	image: CoverFields | null;
	icon: string | null;
	cardLimit: number;
	file: string;
	lines: ReadonlyMap<string, number>;
	/** Style sheets of the chosen theme. */
	theme: readonly string[];
	problems: Problem[];
	/** The line to add if there is no `blog_id`; null if there is one. */
	missingBlogId: string | null;
} {
	const path = join(contentDir, "site.yaml");
	const file = displayPath(path);
	const theme = defaultTheme;
	if (!existsSync(path)) {
		const message = "does not exist; create it with at least a line such as title: My blog.";
		return {
			...withDefaults({ title: "" }),
			file,
			lines: new Map(),
			theme,
			problems: [{ file, line: 1, message }],
		};
	}
	const result = readTextFile(path);
	if ("message" in result) {
		const problems = [{ file, ...result }];
		return { ...withDefaults({ title: "" }), file, lines: new Map(), theme, problems };
	}
	const yaml = parseYaml(result.text, 1);
	const { value, problems } = validate(file, yaml, siteFields, { title: "My blog" });
	problems.push(...findEqualNames(value ?? {}, yaml.lines).map((error) => ({ file, ...error })));
	problems.push(...findHeadMistakes(yaml.values, yaml.lines).map((error) => ({ file, ...error })));
	const settings = withDefaults(value ?? { title: "" });
	const chosen = findTheme(contentDir, value?.theme ?? "default");
	if ("value" in chosen) return { ...settings, file, lines: yaml.lines, theme: chosen.value, problems };
	problems.push({ file, line: lineOf(yaml.lines, ["theme"]), message: `theme: ${chosen.error}` });
	return { ...settings, file, lines: yaml.lines, theme, problems };
}

const kinds = Object.keys(reactionKinds) as ReactionKind[];

const writeLimit = wholeNumber(1, 1_000_000);

const siteFields = record(
	{
		title: text,
		tagline: v.optional(text),
		theme: v.optional(text),
		url: v.optional(parsedText(parseBase)),
		also_at: v.optional(list(parsedText(parseHostPattern))),
		blog_id: v.optional(parsedText(parseBlogId)),
		hub: v.optional(parsedText(parseWebAddress)),
		blogroll: v.optional(
			list(
				record(
					{ title: text, url: parsedText(parseWebAddress), feed: parsedText(parseWebAddress) },
					{
						title: "title: A blog",
						url: "url: https://example.com/",
						feed: "feed: https://example.com/feed.xml",
					},
				),
			),
		),
		repository: v.optional(parsedText(parseRepository)),
		language: v.optional(language),
		timezone: v.optional(parsedText(parseTimezone)),
		author: v.optional(
			record({ name: text, url: v.optional(parsedText(parseWebAddress)) }, { name: "name: Jane Doe" }),
		),
		image: v.optional(coverFields),
		icon: v.optional(text),
		share_images: v.optional(wholeNumber(0, 10_000)),
		head: v.optional(headFields),
		security_contact: v.optional(parsedText(parseContact)),
		authors: v.optional(authorFields),
		terms: v.optional(termFields),
		permalink: v.optional(parsedText(parsePermalink)),
		previous_permalinks: v.optional(list(parsedText(parsePermalink))),
		posts_per_page: v.optional(wholeNumber(1, 100)),
		home: v.optional(oneOf(["summary", "full"])),
		navigation: v.optional(
			list(
				record({ title: text, url: parsedText(parseLink) }, { title: "title: About", url: "url: /about/" }),
			),
		),
		crawlers: v.optional(
			record(
				{
					ai: v.optional(oneOf(aiCrawlers)),
					search: v.optional(bool),
					ai_input: v.optional(bool),
					ai_train: v.optional(bool),
				},
				{},
			),
		),
		media: v.optional(record({ keep_metadata: v.optional(bool) }, {})),
		markdown: v.optional(
			record(
				{
					breaks: v.optional(bool),
					math: v.optional(bool),
					typography: v.optional(bool),
					emoji: v.optional(bool),
				},
				{},
			),
		),
		comments: v.optional(
			record(
				{
					moderation: v.optional(oneOf(["none", "first", "all"])),
					close_after_days: v.optional(wholeNumber(1, 36_500)),
					edit_window_minutes: v.optional(wholeNumber(0, 525_600)),
					max_depth: v.optional(wholeNumber(1, 6)),
					blocked_words: v.optional(list(text)),
					link_limit: v.optional(wholeNumber(0, 100)),
					flood_limit: v.optional(wholeNumber(1, 100_000)),
					proof_limit: v.optional(wholeNumber(0, 100_000)),
				},
				{},
			),
		),
		privacy: v.optional(
			record(
				{
					network_days: v.optional(wholeNumber(1, 90)),
					email_days: v.optional(wholeNumber(1, 3650)),
					rejected_days: v.optional(wholeNumber(1, 3650)),
				},
				{},
			),
		),
		reactions: v.optional(list(oneOf(kinds))),
		limits: v.optional(
			record(
				{
					comments_per_hour: v.optional(writeLimit),
					comments_per_day: v.optional(writeLimit),
					reactions_per_hour: v.optional(writeLimit),
					reactions_per_day: v.optional(writeLimit),
					mails_per_hour: v.optional(writeLimit),
					mails_per_day: v.optional(writeLimit),
					notices_per_day: v.optional(writeLimit),
				},
				{},
			),
		),
		log_sample: v.optional(share),
		notifications: v.optional(
			record(
				{
					from: v.optional(parsedText(parseMailAddress)),
					owner: v.optional(oneOf(["all", "waiting", "none"])),
					digest_minutes: v.optional(wholeNumber(0, 10_080)),
				},
				{},
			),
		),
	},
	{ title: "title: My blog" },
);

const localUrl = "http://localhost:8787";

function withDefaults(fields: v.InferOutput<typeof siteFields>): {
	site: Site;
	terms: KnownTerms;
	keepMetadata: boolean;
	image: CoverFields | null;
	missingBlogId: string | null;
	icon: string | null;
	/** Number of posts whose titles are drawn. */
	cardLimit: number;
} {
	const terms = toKnownTerms(fields.terms ?? {});
	const site = siteWithDefaults(fields, terms);
	// The id the feeds have already, except that all blogs without an address of their own have the same.
	const blogId = URL.parse(site.url)?.hostname === "localhost" ? randomUUID() : site.blogId;
	return {
		site,
		terms,
		keepMetadata: fields.media?.keep_metadata ?? false,
		image: fields.image ?? null,
		missingBlogId: fields.blog_id === undefined ? `blog_id: ${blogId}` : null,
		icon: fields.icon ?? null,
		cardLimit: fields.share_images ?? 100,
	};
}

function siteWithDefaults(fields: v.InferOutput<typeof siteFields>, terms: KnownTerms): Site {
	const { author, comments, crawlers, limits, notifications } = fields;
	return {
		title: fields.title,
		tagline: fields.tagline ?? "",
		url: fields.url ?? localUrl,
		alsoAt: fields.also_at ?? [],
		blogId: fields.blog_id ?? defaultBlogId(fields.url ?? localUrl),
		hub: fields.hub ?? null,
		blogroll: fields.blogroll ?? [],
		repository: fields.repository ?? null,
		language: fields.language ?? "en",
		timezone: fields.timezone ?? "UTC",
		author: { name: author?.name ?? fields.title, url: author?.url ?? null },
		image: null,
		head: fields.head ?? [],
		securityContact: fields.security_contact ?? null,
		authors: toProfiles(fields.authors ?? {}, terms),
		terms: termDescriptions(terms),
		logSample: fields.log_sample ?? 1,
		permalink: fields.permalink ?? "/:year/:month/:day/:slug/",
		previousPermalinks: [...new Set(fields.previous_permalinks ?? [])],
		postsPerPage: fields.posts_per_page ?? 10,
		home: fields.home ?? "summary",
		navigation: fields.navigation ?? [],
		crawlers: {
			ai: crawlers?.ai ?? "allow",
			signals: {
				search: crawlers?.search ?? null,
				"ai-input": crawlers?.ai_input ?? null,
				"ai-train": crawlers?.ai_train ?? null,
			},
		},
		markdown: {
			breaks: fields.markdown?.breaks ?? false,
			math: fields.markdown?.math ?? true,
			typography: fields.markdown?.typography ?? false,
			emoji: fields.markdown?.emoji ?? false,
		},
		comments: {
			moderation: comments?.moderation ?? "none",
			closeAfterDays: comments?.close_after_days ?? null,
			editWindowMinutes: comments?.edit_window_minutes ?? 15,
			maxDepth: comments?.max_depth ?? 4,
			blockedWords: comments?.blocked_words ?? [],
			linkLimit: comments?.link_limit ?? 4,
			floodLimit: comments?.flood_limit ?? 1000,
			proofLimit: comments?.proof_limit ?? 100,
		},
		privacy: {
			networkDays: fields.privacy?.network_days ?? 7,
			emailDays: fields.privacy?.email_days ?? 365,
			rejectedDays: fields.privacy?.rejected_days ?? 30,
		},
		reactions: [...new Set<ReactionKind>(fields.reactions ?? ["like", "love", "thanks"])],
		limits: {
			comment: { perHour: limits?.comments_per_hour ?? 60, perDay: limits?.comments_per_day ?? 360 },
			reaction: { perHour: limits?.reactions_per_hour ?? 100, perDay: limits?.reactions_per_day ?? 950 },
			mail: { perHour: limits?.mails_per_hour ?? 20, perDay: limits?.mails_per_day ?? 250 },
			notice: { perDay: limits?.notices_per_day ?? 1000 },
		},
		notifications: {
			from: notifications?.from ?? null,
			owner: notifications?.owner ?? "all",
			digestMinutes: notifications?.digest_minutes ?? 30,
		},
	};
}

function parseBase(input: string): ParseResult<string> {
	const url = webAddress(input);
	if (url === null || url.search !== "" || url.hash !== "" || url.username !== "") {
		return { error: `"${input}" is not a site address; write one such as https://blog.example.` };
	}
	if (url.pathname !== "/") {
		return {
			error: `"${input}" has a path, but the blog is always at the root of its host; write ${url.origin}, or a host of its own such as https://blog.${url.hostname}.`,
		};
	}
	return { value: url.origin };
}

function parseHostPattern(input: string): ParseResult<string> {
	const host = input.toLowerCase();
	const name = host.replace(/^\*\.?/, "");
	const isHost = URL.parse(`http://${name}/`)?.host === name.replace(/:80$/, "");
	if (host === "*" || (isHost && (host === name || host === `*.${name}`))) return { value: host };
	return {
		error: `"${input}" is not a host; write one such as staging.example.com, *.workers.dev for all of its kind, or * for any.`,
	};
}

function parseBlogId(input: string): ParseResult<string> {
	if (isUuid(input)) return { value: input.toLowerCase() };
	return { error: `"${input}" is not a UUID; remove the line, and the build prints one to write.` };
}

function parseMailAddress(input: string): ParseResult<string> {
	if (v.is(v.pipe(v.string(), v.rfcEmail()), input)) return { value: input };
	return { error: `"${input}" is not an e-mail address; write one such as blog@example.com.` };
}

function parseContact(input: string): ParseResult<string> {
	const url = webAddress(input);
	if (url?.protocol === "https:") return { value: url.href };
	const address = input.replace(/^mailto:/i, "");
	if ("value" in parseMailAddress(address)) return { value: `mailto:${encodeURI(address)}` };
	return {
		error: `"${input}" is neither an e-mail address nor a web address that begins with https; write one such as security@example.com.`,
	};
}

function parseLink(input: string): ParseResult<string> {
	if (/^\/(?!\/)/.test(input) || input.startsWith("mailto:") || webAddress(input) !== null) {
		return { value: input };
	}
	return {
		error: `"${input}" is not a link; write a path such as /about/ or an address such as https://example.com/.`,
	};
}
