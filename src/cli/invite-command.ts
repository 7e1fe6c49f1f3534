import { parseArgs } from "node:util";
import { isRole, maxNameLength, parseMemberName, type Role } from "../members/member.ts";

/** The parsed arguments of `npm run invite`, or an error message. */
export type InviteCommand =
	| { ok: true; name: string | null; role: Role; remote: boolean; env: string; url: string | null }
	| { ok: false; message: string };

/** Parses the arguments of `npm run invite`; `name` is null if it is not given. */
export function parseInviteCommand(args: string[]): InviteCommand {
	const parsed = parse(args);
	if (typeof parsed === "string") return { ok: false, message: `${parsed}\n${usage}` };
	const { name: typed, role, remote, env, url: wanted } = parsed;
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
