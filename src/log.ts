import { BlogError } from "./errors.ts";

/**
 * Writes one line to the log, under the request's id. The line holds no personal data: `details` are names and numbers, and
 * of an error what {@link describeError} keeps.
 */
export type Log = {
	(event: string, details?: LogDetails): void;
	/** The id of the request or run. */
	readonly requestId?: string | undefined;
};

/** The rest of a line: numbers, names of the code's own, and an error. */
export type LogDetails = { error?: unknown } & Record<string, unknown>;

/** Creates the log of one request or one run of the cron trigger, as JSON lines. */
export function createLog(requestId: string): Log {
	const write: Log = (event, { error, ...details } = {}) => {
		const described = error === undefined ? {} : { error: describeError(error) };
		console.error(JSON.stringify({ requestId, event, ...details, ...described }));
	};
	return Object.assign(write, { requestId });
}

/** One request in the log, without anything a person sent: `route` is a pattern such as `GET /comments/:id`. */
export type RequestLine = {
	requestId: string;
	route: string;
	status: number;
	/** Milliseconds of waiting: the Worker's clock stands still while it computes. */
	milliseconds: number;
	/** The use of the database until the response: statements, and rows as D1 bills them. */
	statements: number;
	rowsRead: number;
	rowsWritten: number;
	/** Whether the isolate had the page, had to render it for its cache, or stores no such response. */
	cache: "hit" | "miss" | "bypass";
};

/** Writes the line of one request to the log. */
export function logRequest({ requestId, ...line }: RequestLine): void {
	console.log(JSON.stringify({ requestId, event: "request", ...line }));
}

/** Most causes of an error, and errors of one, that a line describes. */
const maxNested = 5;

/**
 * Describes an error for the log: its name, its message without what it quotes, its stack and its causes. Messages quote
 * values, such as a form's fields in JSON; Drizzle's contains every parameter of a query, so only its cause is described.
 */
export function describeError(error: unknown, nested = maxNested): string {
	if (!(error instanceof Error)) return withoutQuotes(String(error));
	const { cause } = error;
	if ("params" in error && cause !== undefined) return describeError(cause, nested);
	const message = error instanceof BlogError ? error.message : withoutQuotes(error.message);
	const described = [`${error.name}: ${message}`, ...framesOf(error)].join("\n");
	if (nested === 0) return described;
	const others = [
		...(error instanceof AggregateError ? error.errors.slice(0, maxNested) : []),
		...(cause === undefined ? [] : [cause]),
	];
	return [described, ...others.map((other) => `caused by ${describeError(other, nested - 1)}`)].join("\n");
}

/** The lines of a stack after the message, which is repeated in it. */
function framesOf({ stack = "" }: Error): string[] {
	return stack.split("\n").filter((line) => /^\s+at /.test(line));
}

/** Most characters of a message: longer ones contain something that was sent. */
const maxMessageLength = 300;

/** Removes quoted text, addresses and tokens from a message. */
function withoutQuotes(message: string): string {
	return message
		.slice(0, 10 * maxMessageLength)
		.replace(/(["'`“‘])[\s\S]*(["'`”’])/g, "$1…$2")
		.replace(/https?:\/\/\S+|\S+@\S+|[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g, "…")
		.slice(0, maxMessageLength);
}
