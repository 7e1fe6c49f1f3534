import { html } from "hono/html";
import type { Child } from "hono/jsx";
import type { CurrentMember } from "../../members/member.ts";
import type { AuditEntry } from "../../moderation/audit-log.ts";
import type { Archive } from "../../posts/archive.ts";
import { Icons } from "../ui/icons.tsx";
import { inLanguage } from "../ui/in-language.ts";
import { Message } from "../ui/message.tsx";
import { ThemeStyle } from "../ui/prose.tsx";
import { PauseNotice, type ShownPause } from "./pause-forms.tsx";
import type { AdminLanguage } from "./request.ts";
import { ResultNotice } from "./result-notice.tsx";

/** Props every admin page passes to its layout. */
export type AdminFrame = AdminLanguage & {
	archive: Archive;
	/** The signed-in member; null on the sign-in pages. */
	actor: CurrentMember | null;
	/** Path of the page; marks its link in the navigation. */
	path: string;
	/** Path and query, to return to after a form. */
	here?: string;
	/** Operation whose result is shown: its id, "undone" or "nothing"; and its log entries. */
	done?: string;
	/** Ids of comments that were not approved, because they were edited after they were shown. */
	unread?: readonly number[];
	/** The pause of commenting on the whole blog; absent on pages without a member. */
	pause?: ShownPause;
	entries?: readonly AuditEntry[];
};

const sections = [
	["/admin/comments", "queue"],
	["/admin/log", "log"],
	["/admin/commenters", "commenters"],
	["/admin/settings", "settings"],
] as const;
const ownersSections = [
	["/admin", "overview"],
	["/admin/upcoming", "upcoming"],
	["/admin/notices", "notices"],
	["/admin/team", "team"],
] as const;

/** Renders the layout of every admin page. */
export const AdminLayout = (
	props: AdminFrame & {
		title: string;
		/** Name of the page's client script. */
		script?: string;
		/** Whether the page uses the width of the window. */
		wide?: boolean;
		children?: Child;
	},
) => {
	const { archive, lang, strings, actor, path, title } = props;
	const { manifest, site } = archive;
	const [overview, ...others] = ownersSections;
	const links = actor?.role === "owner" ? [overview, ...sections, ...others] : sections;
	const script = props.script === undefined ? undefined : manifest.scripts[props.script];
	return (
		<>
			{html`<!doctype html>`}
			<html {...inLanguage(lang)}>
				<head>
					<meta charset="utf-8" />
					<meta name="viewport" content="width=device-width, initial-scale=1" />
					<title>{`${title} — ${site.title}`}</title>
					<meta name="robots" content="noindex" />
					<meta name="color-scheme" content="light dark" />
					<Icons manifest={manifest} />
					<ThemeStyle css={manifest.theme.css} />
					<ThemeStyle css={manifest.admin.css} />
					{script !== undefined && <script type="module" src={script.path} />}
				</head>
				<body class={props.wide ? "admin wide" : "admin"}>
					<header class="admin-header">
						<a class="site-title" href="/" {...inLanguage(site.language)}>
							{site.title}
						</a>
						{actor !== null && (
							<nav aria-label={strings.adminNavigation}>
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
						{actor !== null && <SignedInAs {...{ actor, strings, path }} />}
					</header>
					<main id="main">
						<h1>{title}</h1>
						{props.pause !== undefined && (
							<PauseNotice {...{ strings, lang, site, pause: props.pause, here: props.here ?? "/admin" }} />
						)}
						<ResultNotice {...props} />
						{props.children}
					</main>
				</body>
			</html>
		</>
	);
};

type MemberProps = { actor: CurrentMember; strings: AdminLanguage["strings"]; path: string };

const SignedInAs = ({ actor, strings, path }: MemberProps) => (
	<form class="signed-in-as" method="post" action="/admin/session/end">
		<span>
			<Message text={strings.signedInAs} values={{ name: <AccountLink {...{ actor, strings, path }} /> }} />
		</span>{" "}
		{actor.sessionId === null ? (
			<a href="/cdn-cgi/access/logout">{strings.signOut}</a>
		) : (
			<button type="submit">{strings.signOut}</button>
		)}
	</form>
);

const AccountLink = ({ actor, strings, path }: MemberProps) => (
	<a
		href="/admin/account"
		title={strings.account}
		aria-label={`${actor.name}, ${strings.account}`}
		aria-current={path === "/admin/account" ? "page" : undefined}
	>
		<bdi>{actor.name}</bdi>
	</a>
);
