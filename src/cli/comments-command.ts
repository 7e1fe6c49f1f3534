import { parseArgs } from "node:util";
import type { QueueCommand } from "./queue.ts";

/** The parsed arguments of `npm run comments`, or an error message. */
export type CommentsCommand =
	| { ok: true; command: QueueCommand; remote: boolean; env: string }
	| { ok: false; message: string };

/** Parses the arguments of `npm run comments`. */
export function parseCommentsCommand(args: string[]): CommentsCommand {
	const parsed = parse(args);
	if (typeof parsed === "string") return { ok: false, message: `${parsed}\n${usage}` };
	const { remote, env, reason } = parsed.values;
	const [action, id, ...rest] = parsed.positionals;
	if (env !== "" && !remote)
		return { ok: false, message: `--env ${env} selects a deployment; add --remote.` };
	if (reason.length > maxReasonLength) {
		return { ok: false, message: `--reason is longer than ${maxReasonLength} characters.` };
	}
	if (action === "list" && id === undefined) return { ok: true, command: { action }, remote, env };
	if ((action !== "approve" && action !== "delete") || rest.length > 0) return { ok: false, message: usage };
	if (id === undefined || !/^[1-9]\d{0,14}$/.test(id)) {
		return {
			ok: false,
			message: `${action} needs the number of a comment; run npm run comments -- list to see them.`,
		};
	}
	return { ok: true, command: { action, id: Number(id), reason }, remote, env };
}

/** Characters; the whole SQL statement has to fit on a command line. */
const maxReasonLength = 1000;

const usage = `Usage: npm run comments -- list
       npm run comments -- approve ID [--reason "…"]
       npm run comments -- delete ID [--reason "…"]
Options: --remote uses the deployed blog; --env staging selects another deployment.`;

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				remote: { type: "boolean", default: false },
				env: { type: "string", default: "" },
				reason: { type: "string", default: "" },
			},
		});
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}
