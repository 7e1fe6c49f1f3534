import { parseArgs } from "node:util";
import { closestMatch } from "../build/did-you-mean.ts";
import { printOsError } from "./os-error.ts";

/** An option, as parsed and as listed by `--help`. A string option without a default is optional. */
export type Option =
	| { type: "boolean"; help: string }
	| { type: "string"; help: string; placeholder: string; default?: string };

/** The values of options by name: false and the default where they are not given. */
export type Values<Options extends Record<string, Option>> = {
	[Name in keyof Options]: Options[Name] extends { type: "boolean" }
		? boolean
		: Options[Name] extends { default: string }
			? string
			: string | undefined;
};

/** The interface of a command: what `--help` prints, and which arguments it takes. */
export type Interface<Options extends Record<string, Option>> = {
	/** One sentence. */
	summary: string;
	/** One line per form, such as `npm run new -- "Title"`. */
	usage: readonly string[];
	options: Options;
	/** Whether arguments other than options are allowed. */
	positionals: boolean;
	/** The environment variables it reads. */
	environment: readonly (keyof typeof variables)[];
	/** One complete command line. */
	example: string;
};

/** The arguments of a command, or an error message. */
export type ParseResult<Result> = ({ ok: true } & Result) | { ok: false; message: string };

/** 0: done. 1: failed. 2: wrong usage, and nothing was tried. */
export type ExitCode = 0 | 1 | 2;

/** Options that every command with a deployment has. */
export const deploymentOptions = {
	remote: { type: "boolean", help: "use the deployed blog instead of the local one" },
	env: { type: "string", placeholder: "NAME", default: "", help: "select a deployment, such as staging" },
} as const satisfies Record<string, Option>;

/** Environment variables, with their meanings and defaults. */
const variables = {
	CONTENT_DIR: "folder of posts and settings (default content)",
	PERSIST_TO: "folder of the local database and secrets (default .wrangler/state)",
	OUTPUT_DIR: "folder for generated files (default .edgecat; see .github/docs/operating.md)",
	PORT: "port of the local server (default 8787)",
	SIGNING_SECRET: "the deployment's secret, for --remote",
} as const;

/**
 * Runs a command and returns its exit code. `--help` prints its interface; wrong arguments print what is wrong. Failures
 * of the operating system become a sentence; other errors are bugs and keep their stack.
 */
export async function command<Options extends Record<string, Option>, Result>(
	description: Interface<Options>,
	parse: (args: string[]) => ParseResult<Result>,
	run: (parsed: Result) => Promise<0 | 1>,
	args: string[] = process.argv.slice(2),
): Promise<ExitCode> {
	if (wantsHelp(args)) {
		console.log(helpOf(description));
		return 0;
	}
	const parsed = parse(args);
	if (!parsed.ok) {
		console.error(parsed.message);
		return 2;
	}
	return await run(parsed).catch(printOsError);
}

/** Parses arguments by a command's interface; refuses any it does not know. */
export function parseArguments<Options extends Record<string, Option>>(
	{ usage, options, positionals: allowPositionals }: Interface<Options>,
	args: string[],
): ParseResult<{ values: Values<Options>; positionals: string[] }> {
	const fail = (message: string) => ({ ok: false as const, message: `${message}\n${usageOf(usage)}` });
	const config = { args, options: configOf(options), allowPositionals: true };
	const unknown = parseArgs({ ...config, strict: false, tokens: true }).tokens.find(
		(token) => token.kind === "option" && !Object.hasOwn(options, token.name),
	);
	if (unknown?.kind === "option") return fail(unknownMessage(unknown.rawName, options));
	try {
		const { values, positionals } = parseArgs(config);
		const [extra] = positionals;
		if (extra !== undefined && !allowPositionals) return fail(`Unknown argument ${JSON.stringify(extra)}.`);
		return { ok: true, values: values as Values<Options>, positionals };
	} catch (error) {
		return fail(error instanceof Error ? error.message : String(error));
	}
}

/** Prints an error message and returns the exit code of a failure. */
export function fail(sentence: string): 1 {
	console.error(sentence);
	return 1;
}

/** Formats the forms of a command. */
export function usageOf(usage: readonly string[]): string {
	return `Usage: ${usage.join("\n       ")}`;
}

function wantsHelp(args: readonly string[]): boolean {
	const end = args.indexOf("--");
	return args.slice(0, end < 0 ? args.length : end).some((arg) => arg === "--help" || arg === "-h");
}

function unknownMessage(name: string, options: Record<string, Option>): string {
	const match = closestMatch(
		name,
		[...Object.keys(options), "help"].map((known) => `--${known}`),
	);
	return `Unknown option ${name}; ${match === null ? "--help lists the options." : `did you mean "${match}"?`}`;
}

function configOf(options: Record<string, Option>) {
	return Object.fromEntries(
		Object.entries(options).map(([name, option]) => {
			if (option.type === "boolean") return [name, { type: "boolean" as const, default: false }];
			const { default: value } = option;
			return [name, { type: "string" as const, ...(value === undefined ? {} : { default: value }) }];
		}),
	);
}

function helpOf<Options extends Record<string, Option>>(description: Interface<Options>): string {
	const { summary, usage, options, environment, example } = description;
	const rows = [
		...Object.entries(options).map(
			([name, option]) => [optionName(name, option), optionHelp(option)] as const,
		),
		["--help", "print this"] as const,
	];
	return [
		summary,
		"",
		usageOf(usage),
		"",
		"Options:",
		...table(rows),
		...(environment.length === 0 ? [] : ["", "Environment:"]),
		...table(environment.map((name) => [name, variables[name]])),
		"",
		"Exit codes:",
		"  0 done, 1 failed, 2 wrong usage (nothing was tried)",
		"",
		"Example:",
		`  ${example}`,
	].join("\n");
}

function optionName(name: string, option: Option): string {
	return option.type === "boolean" ? `--${name}` : `--${name} ${option.placeholder}`;
}

function optionHelp(option: Option): string {
	return option.type === "boolean" || !option.default
		? option.help
		: `${option.help} (default ${option.default})`;
}

function table(rows: readonly (readonly [string, string])[]): string[] {
	const width = Math.max(...rows.map(([left]) => left.length));
	return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}
