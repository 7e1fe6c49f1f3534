import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { Actor } from "../../../members/member.ts";
import type { Deed } from "../../../moderation/log.ts";
import type { Archive } from "../../../posts/archive.ts";
import type { DeskWords } from "../../desk.ts";
import { Message } from "../message.tsx";
import { ThemeStyle } from "../prose.tsx";
import { DoneNotice } from "./done.tsx";

export type DeskFrame = DeskWords & {
	archive: Archive;
	/** Who is at the desk; null on the way in. */
	actor: Actor | null;
	/** The path of the page, by which its link in the navigation is marked. */
	path: string;
	/** Path and query, to come back to. */
	here?: string;
	/** What was just done, and its deeds. */
	done?: string;
	/** Comments that were not published, as they had been changed since they were read. */
	unread?: readonly string[];
	deeds?: readonly Deed[];
};

const sections = [
	["/admin", "queue"],
	["/admin/log", "log"],
	["/admin/people", "people"],
	["/admin/rules", "rules"],
] as const;
const ownersSections = [
	["/admin/upcoming", "upcoming"],
	["/admin/team", "team"],
] as const;

/** The frame of every page of the desk. */
export const DeskLayout = (
	props: DeskFrame & {
		title: string;
		/** Name of the page's script, if it is better with one. */
		script?: string;
		children?: Child;
	},
) => {
	const { archive, lang, strings, actor, path, title } = props;
	const { manifest, site } = archive;
	const links = actor?.role === "owner" ? [...sections, ...ownersSections] : sections;
	const script = props.script === undefined ? undefined : manifest.scripts[props.script];
	return (
		<>
			{html`<!doctype html>`}
			<html lang={lang}>
				<head>
					<meta charset="utf-8" />
					<meta name="viewport" content="width=device-width, initial-scale=1" />
					<title>{`${title} — ${site.title}`}</title>
					<meta name="robots" content="noindex" />
					<meta name="color-scheme" content="light dark" />
					<link rel="icon" type="image/svg+xml" href="/icon.svg" />
					<ThemeStyle css={manifest.theme.css} />
					<ThemeStyle css={manifest.desk.css} />
					{script !== undefined && <script type="module" src={script.path} />}
				</head>
				<body class="desk">
					<header class="desk-header">
						<a class="site-title" href="/" lang={site.language}>
							{site.title}
						</a>
						{actor !== null && (
							<nav aria-label={strings.deskNavigation}>
								<ul>
									{links.map(([to, key]) => (
										<li>
											<a href={to} aria-current={path === to ? "page" : undefined}>
												{strings[key]}
											</a>
										</li>
									))}
								</ul>
							</nav>
						)}
						{actor !== null && <WhoAmI {...{ actor, strings, path }} />}
					</header>
					<main id="main">
						<h1>{title}</h1>
						<DoneNotice {...props} />
						{props.children}
					</main>
				</body>
			</html>
		</>
	);
};

type MeProps = { actor: Actor; strings: DeskWords["strings"]; path: string };

const WhoAmI = ({ actor, strings, path }: MeProps) => (
	<form class="who-am-i" method="post" action="/admin/session/end">
		<span>
			<Message text={strings.signedInAs} values={{ name: <AccountLink {...{ actor, strings, path }} /> }} />
		</span>
		{actor.sessionId === null ? (
			<a href="/cdn-cgi/access/logout">{strings.signOut}</a>
		) : (
			<button type="submit">{strings.signOut}</button>
		)}
	</form>
);

const AccountLink = ({ actor, strings, path }: MeProps) => (
	<a
		href="/admin/account"
		title={strings.account}
		aria-label={`${actor.name}, ${strings.account}`}
		aria-current={path === "/admin/account" ? "page" : undefined}
	>
		<bdi>{actor.name}</bdi>
	</a>
);
