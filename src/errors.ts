/** Every way the blog itself can refuse or fail; `web/errors.tsx` gives each its HTTP status. */
export type BlogErrorCode =
	| "not_found"
	| "invalid"
	| "forbidden"
	| "gone"
	| "too_large"
	| "too_many"
	| "unsupported"
	| "unavailable";

/** A refusal or failure whose message may be shown to the person who caused it. */
export class BlogError extends Error {
	readonly code: BlogErrorCode;

	constructor(code: BlogErrorCode, message: string, options?: ErrorOptions) {
		super(message, options);
		this.name = "BlogError";
		this.code = code;
	}
}
