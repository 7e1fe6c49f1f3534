import { parse } from "smol-toml";
import { array, number, object, optional, record, string, parse as validate } from "valibot";

/** The settings of the Worker in wrangler.toml that hold on a machine of one's own too. */
export type WorkerSettings = {
	compatibilityDate: string;
	compatibilityFlags: readonly string[];
	/** Schedules of the cron trigger. */
	crons: readonly string[];
	/** The routing of static assets, as wrangler's `assets` has it. */
	assets: { html_handling: string; run_worker_first: readonly string[] };
	/** Variables that are no secrets. */
	variables: Readonly<Record<string, string>>;
	/** Requests per period (seconds), by the binding's name. */
	rateLimits: readonly { name: string; limit: number; period: number }[];
};

const schema = object({
	compatibility_date: string(),
	compatibility_flags: optional(array(string()), []),
	assets: object({ html_handling: string(), run_worker_first: array(string()) }),
	triggers: object({ crons: array(string()) }),
	vars: optional(record(string(), string()), {}),
	ratelimits: optional(
		array(object({ name: string(), simple: object({ limit: number(), period: number() }) })),
		[],
	),
});

/** Returns the settings in the text of wrangler.toml; throws `ValiError` or `TomlError` if a setting is missing. */
export function parseWorkerSettings(toml: string): WorkerSettings {
	const read = validate(schema, parse(toml));
	return {
		compatibilityDate: read.compatibility_date,
		compatibilityFlags: read.compatibility_flags,
		crons: read.triggers.crons,
		assets: read.assets,
		variables: read.vars,
		rateLimits: read.ratelimits.map(({ name, simple }) => ({ name, ...simple })),
	};
}
