import { deploymentOptions, type ParseResult, parseArguments, usageOf } from "./command.ts";

/** The interface of `npm run export`. */
export const exportInterface = {
	summary: "Exports the blog: as open files, for WordPress and Disqus, or as a static site.",
	usage: ["npm run export -- DIR [--remote]", "npm run export -- --static DIR [--url ADDRESS] [--remote]"],
	options: {
		static: { type: "boolean", help: "write every page, feed and file as a site for any static host" },
		url: {
			type: "string",
			placeholder: "ADDRESS",
			help: "the address of the static site (default the blog's own)",
		},
		...deploymentOptions,
	},
	positionals: true,
	environment: ["CONTENT_DIR", "PERSIST_TO", "OUTPUT_DIR"],
	example: "npm run export -- ../my-blog-export --remote",
} as const;

/** The parsed arguments of `npm run export`. */
export type ExportArguments = {
	dir: string;
	static: boolean;
	url: string | null;
	remote: boolean;
	env: string;
};

/** Parses the arguments of `npm run export`, or returns an error message. */
export function parseExportCommand(args: string[]): ParseResult<ExportArguments> {
	const parsed = parseArguments(exportInterface, args);
	if (!parsed.ok) return parsed;
	const { url, remote, env } = parsed.values;
	const wrong = (message: string) => ({ ok: false as const, message });
	const [dir, ...rest] = parsed.positionals;
	if (dir === undefined || rest.length > 0)
		return wrong(`Name one folder.\n${usageOf(exportInterface.usage)}`);
	if (env !== "" && !remote) return wrong(`--env ${env} selects a deployment; add --remote.`);
	if (url !== undefined && !parsed.values.static) return wrong("--url is for a static site; add --static.");
	const address = url === undefined ? null : URL.parse(url);
	if (
		url !== undefined &&
		(!/^https?:$/.test(address?.protocol ?? "") || address?.search !== "" || address.hash !== "")
	) {
		return wrong(`--url is "${url}"; write the address of the new place, such as https://copy.example`);
	}
	return {
		ok: true,
		dir,
		static: parsed.values.static,
		url: address?.href.replace(/\/+$/, "") ?? null,
		remote,
		env,
	};
}
