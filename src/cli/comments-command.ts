import { didYouMean } from "../build/did-you-mean.ts";
import { deploymentOptions, type ParseResult, parseArguments, usageOf } from "./command.ts";
import type { QueueCommand } from "./queue.ts";

/** The interface of `npm run comments`. */
export const commentsInterface = {
	summary: "Lists, approves and deletes waiting comments.",
	usage: [
		"npm run comments -- list",
		'npm run comments -- approve ID [--reason "…"]',
		'npm run comments -- delete ID [--reason "…"]',
	],
	options: {
		...deploymentOptions,
		reason: { type: "string", placeholder: '"…"', default: "", help: "a reason for the log" },
	},
	positionals: true,
	environment: ["PERSIST_TO"],
	example: 'npm run comments -- approve 12 --remote --reason "a regular reader"',
} as const;

/** The parsed arguments of `npm run comments`, or an error message. */
export type CommentsCommand = ParseResult<{ command: QueueCommand; remote: boolean; env: string }>;

/** Parses the arguments of `npm run comments`. */
export function parseCommentsCommand(args: string[]): CommentsCommand {
	const parsed = parseArguments(commentsInterface, args);
	if (!parsed.ok) return parsed;
	const { remote, env, reason } = parsed.values;
	const [action, id, ...rest] = parsed.positionals;
	if (env !== "" && !remote)
		return { ok: false, message: `--env ${env} selects a deployment; add --remote.` };
	if (reason.length > maxReasonLength) {
		return { ok: false, message: `--reason is longer than ${maxReasonLength} characters.` };
	}
	if (action === "list" && id === undefined) return { ok: true, command: { action }, remote, env };
	if ((action !== "approve" && action !== "delete") || rest.length > 0) {
		return { ok: false, message: `${actionMessage(action, rest)}${usageOf(commentsInterface.usage)}` };
	}
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

const actions = ["list", "approve", "delete"];

function actionMessage(action: string | undefined, rest: readonly string[]): string {
	if (action === undefined) return "";
	if (!actions.includes(action))
		return `Unknown action ${JSON.stringify(action)}; ${didYouMean(action, actions)}\n`;
	return action === "list"
		? "list takes no ID.\n"
		: `One comment at a time; ${rest.join(" ")} is too much.\n`;
}
