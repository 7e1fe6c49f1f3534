/** The codes of all errors the blog raises; `web/http/errors.ts` maps each to an HTTP status. */
export type BlogErrorCode =
	| "not_found"
	| "invalid"
	| "forbidden"
	| "wrong_method"
	| "gone"
	| "too_large"
	| "too_many"
	| "unsupported"
	| "not_implemented"
	| "unavailable";

/** An error whose message may be shown to the visitor. */
export class BlogError extends Error {
	readonly code: BlogErrorCode;
	/** The language of the message (BCP 47); null for that of the page that shows it. */
	readonly lang: string | null;

	constructor(code: BlogErrorCode, message: string, options?: ErrorOptions & { lang?: string }) {
		super(message, options);
		this.name = "BlogError";
		this.code = code;
		this.lang = options?.lang ?? null;
	}
}

/**
 * Runs jobs in turn, each whether or not others fail. Throws the error of the only one that failed, or an `AggregateError` of
 * all.
 */
export async function runEach(jobs: readonly (() => Promise<unknown>)[]): Promise<void> {
	const errors: unknown[] = [];
	for (const run of jobs) await run().catch((error: unknown) => errors.push(error));
	if (errors.length > 1) throw new AggregateError(errors, `${errors.length} of ${jobs.length} steps failed.`);
	for (const error of errors) throw error;
}
