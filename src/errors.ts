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
	| "unavailable";

/** An error whose message may be shown to the visitor. */
export class BlogError extends Error {
	readonly code: BlogErrorCode;

	constructor(code: BlogErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = "BlogError";
		this.code = code;
	}
}
