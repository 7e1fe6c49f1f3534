import { parseArgs } from "node:util";
import { isRole, longestName, parseMemberName, type Role } from "../members/member.ts";

/** What was typed after `npm run invite --`, or in a sentence what to type instead. */
export type InviteCommand =
	| { ok: true; name: string | null; role: Role; remote: boolean; env: string; url: string | null }
	| { ok: false; says: string };

/** Reads the arguments of `npm run invite`; a name that is not given is left to the caller. */
export function readInviteCommand(args: string[]): InviteCommand {
	const read = parse(args);
	if (typeof read === "string") return { ok: false, says: `${read}\n${usage}` };
	const { name: typed, role, remote, env, url: wanted } = read;
	if (!isRole(role)) return { ok: false, says: `--role is "${role}"; write owner or moderator.` };
	const name = typed === undefined ? null : parseMemberName(typed);
	if (typed !== undefined && name === null) {
		return { ok: false, says: `--name takes 1 to ${longestName} characters, such as --name "Mika".` };
	}
	if (env !== "" && !remote) return { ok: false, says: `--env ${env} names a deployment; add --remote.` };
	const url = wanted === undefined ? null : URL.parse(wanted);
	if (wanted !== undefined && !/^https?:$/.test(url?.protocol ?? "")) {
		return {
			ok: false,
			says: `--url is "${wanted}"; write where the blog is, such as https://blog.example.`,
		};
	}
	return { ok: true, name, role, remote, env, url: url?.origin ?? null };
}

const usage = `Usage: npm run invite -- [--name "Mika"] [--role owner|moderator] [--remote [--env staging] [--url https://…]]`;

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			options: {
				name: { type: "string" },
				role: { type: "string", default: "owner" },
				remote: { type: "boolean", default: false },
				env: { type: "string", default: "" },
				url: { type: "string" },
			},
		}).values;
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
