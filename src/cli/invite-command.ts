import { isRole, maxNameLength, parseMemberName, type Role } from "../members/member.ts";
import { deploymentOptions, type ParseResult, parseArguments } from "./command.ts";

/** The interface of `npm run invite`. */
export const inviteInterface = {
	summary:
		"Prints an invitation link for a new member, or for one who lost a passkey: the new one replaces all others.",
	usage: [
		'npm run invite -- [--name "Mika"] [--role owner|moderator] [--remote [--env staging] [--url https://…]]',
	],
	options: {
		name: {
			type: "string",
			placeholder: '"Mika"',
			help: "the member's name (default the author in site.yaml)",
		},
		role: { type: "string", placeholder: "ROLE", default: "owner", help: "owner or moderator" },
		...deploymentOptions,
		url: {
			type: "string",
			placeholder: "URL",
			help: "the blog's URL (default url in site.yaml, or the local one)",
		},
	},
	positionals: false,
	environment: ["CONTENT_DIR", "PERSIST_TO", "PORT"],
	example: 'npm run invite -- --name "Mika" --role moderator --remote',
} as const;

/** The parsed arguments of `npm run invite`, or an error message. */
export type InviteCommand = ParseResult<{
	name: string | null;
	role: Role;
	remote: boolean;
	env: string;
	url: string | null;
}>;

/** Parses the arguments of `npm run invite`; `name` is null if it is not given. */
export function parseInviteCommand(args: string[]): InviteCommand {
	const parsed = parseArguments(inviteInterface, args);
	if (!parsed.ok) return parsed;
	const { name: typed, role, remote, env, url: wanted } = parsed.values;
	if (!isRole(role)) return { ok: false, message: `--role is "${role}"; write owner or moderator.` };
	const name = typed === undefined ? null : parseMemberName(typed);
	if (typed !== undefined && name === null) {
		return { ok: false, message: `--name takes 1 to ${maxNameLength} characters, such as --name "Mika".` };
	}
	if (env !== "" && !remote)
		return { ok: false, message: `--env ${env} selects a deployment; add --remote.` };
	const url = wanted === undefined ? null : URL.parse(wanted);
	if (wanted !== undefined && !/^https?:$/.test(url?.protocol ?? "")) {
		return {
			ok: false,
			message: `--url is "${wanted}"; write the URL of the blog, such as https://blog.example.`,
		};
	}
	return { ok: true, name, role, remote, env, url: url?.origin ?? null };
}
