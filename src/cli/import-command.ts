import { parseTimezone } from "../build/dates.ts";
import { didYouMean } from "../build/did-you-mean.ts";
import { formats } from "../import/formats.ts";
import { deploymentOptions, type ParseResult, parseArguments, usageOf } from "./command.ts";

/** The interface of `npm run import`. */
export const importInterface = {
	summary: "Imports posts, comments and media of another blog.",
	usage: ["npm run import -- FILE_OR_FOLDER [--apply] [--remote]"],
	options: {
		apply: { type: "boolean", help: "write; without it only the plan is shown" },
		format: {
			type: "string",
			placeholder: "NAME",
			help: `${formats.map(({ name }) => name).join(", ")} (default: found out)`,
		},
		url: {
			type: "string",
			placeholder: "ADDRESS",
			help: "address of the old blog, if the file does not name it",
		},
		timezone: {
			type: "string",
			placeholder: "ZONE",
			help: "zone of times without one (default the file's, or the site's)",
		},
		media: { type: "string", placeholder: "DIR", help: "folder with the media of the old blog" },
		"fetch-media": { type: "boolean", help: "get media that are not in the export from the old blog" },
		map: {
			type: "string",
			placeholder: "FILE",
			help: "old addresses and the new paths they belong to, a pair a line",
		},
		emails: { type: "boolean", help: "import commenters' e-mail addresses, too" },
		check: {
			type: "string",
			placeholder: "ADDRESS",
			help: "ask the blog at this address, such as http://localhost:8787, for every old address",
		},
		report: { type: "string", placeholder: "FILE", help: "write the whole report to this file" },
		limit: { type: "string", placeholder: "N", help: "import at most N comments this time" },
		...deploymentOptions,
	},
	positionals: true,
	environment: ["CONTENT_DIR", "PERSIST_TO"],
	example: "npm run import -- export.xml --apply",
} as const;

/** The parsed arguments of `npm run import`. */
export type ImportArguments = {
	path: string;
	apply: boolean;
	format: string | null;
	url: string | null;
	timezone: string | null;
	map: string | null;
	media: string | null;
	fetchMedia: boolean;
	check: string | null;
	report: string | null;
	emails: boolean;
	limit: number;
	remote: boolean;
	env: string;
};

/** Parses the arguments of `npm run import`, or returns an error message. */
export function parseImportCommand(args: string[]): ParseResult<ImportArguments> {
	const parsed = parseArguments(importInterface, args);
	if (!parsed.ok) return parsed;
	const { apply, format, url, timezone, map, media, check, report, emails, limit, remote, env } =
		parsed.values;
	const wrong = (message: string) => ({ ok: false as const, message });
	const [path, ...rest] = parsed.positionals;
	if (path === undefined || rest.length > 0) {
		return wrong(`Name one file or folder to import.\n${usageOf(importInterface.usage)}`);
	}
	if (env !== "" && !remote) return wrong(`--env ${env} selects a deployment; add --remote.`);
	const names = formats.map(({ name }) => name);
	if (format !== undefined && !names.includes(format)) {
		return wrong(`--format is "${format}"; ${didYouMean(format, names)}`);
	}
	const address = url === undefined ? null : URL.parse(url);
	if (url !== undefined && !/^https?:$/.test(address?.protocol ?? "")) {
		return wrong(`--url is "${url}"; write the old blog's address, such as https://old.example`);
	}
	if (check !== undefined && !/^https?:$/.test(URL.parse(check)?.protocol ?? "")) {
		return wrong(`--check is "${check}"; write the address of the new blog, such as http://localhost:8787`);
	}
	const zone = timezone === undefined ? { value: null } : parseTimezone(timezone);
	if ("error" in zone) return wrong(`--timezone: ${zone.error}`);
	if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit)) {
		return wrong(`--limit is "${limit}"; write a whole number from 1.`);
	}
	return {
		ok: true,
		path,
		apply,
		format: format ?? null,
		url: address === null ? null : address.href.replace(/\/+$/, ""),
		timezone: zone.value,
		map: map ?? null,
		media: media ?? null,
		fetchMedia: parsed.values["fetch-media"],
		check: check ?? null,
		report: report ?? null,
		emails,
		limit: limit === undefined ? Number.POSITIVE_INFINITY : Number(limit),
		remote,
		env,
	};
}
