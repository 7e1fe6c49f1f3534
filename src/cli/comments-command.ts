import { parseArgs } from "node:util";
import type { QueueOrder } from "./queue.ts";

/** What was typed after `npm run comments --`, or in a sentence what to type instead. */
export type QueueCommand =
	| { ok: true; order: QueueOrder; remote: boolean; env: string }
	| { ok: false; says: string };

/** Reads the arguments of `npm run comments`. */
export function readQueueCommand(args: string[]): QueueCommand {
	const read = parse(args);
	if (typeof read === "string") return { ok: false, says: `${read}\n${usage}` };
	const { remote, env, reason } = read.values;
	const [action, id, ...rest] = read.positionals;
	if (env !== "" && !remote) return { ok: false, says: `--env ${env} names a deployment; add --remote.` };
	if (reason.length > longestReason) {
		return { ok: false, says: `The reason is longer than ${longestReason} characters; shorten it.` };
	}
	if (action === "list" && id === undefined) return { ok: true, order: { action }, remote, env };
	if ((action !== "approve" && action !== "delete") || rest.length > 0) return { ok: false, says: usage };
	if (id === undefined || !/^[1-9]\d{0,14}$/.test(id)) {
		return {
			ok: false,
			says: `${action} takes the number of a comment, as npm run comments -- list shows it.`,
		};
	}
	return { ok: true, order: { action, id: Number(id), reason }, remote, env };
}

/** Characters; the whole statement has to fit a command line. */
const longestReason = 1000;

const usage = `Usage: npm run comments -- list
       npm run comments -- approve ID [--reason "…"]
       npm run comments -- delete ID [--reason "…"]
Add --remote for the deployed blog, and --env staging for another deployment of it.`;

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
