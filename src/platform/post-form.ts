import { readBoundedText } from "./bounded-text.ts";

/** A form POST to a third-party service at a fixed URL. */
export type FormRequest = {
	url: string;
	fields: Readonly<Record<string, string>>;
	/** Milliseconds to wait for the response, while a visitor waits too. */
	timeout: number;
};

/** Most bytes of a response; these services answer yes or no. */
const maxResponseBytes = 16 * 1024;

/**
 * Posts a form to a service and returns its short response. Throws on a timeout and on any status but 200. URLs set by
 * the owner go through `post-json.ts` instead, which refuses private addresses.
 */
export async function postForm({
	url,
	fields,
	timeout,
}: FormRequest): Promise<{ text: string; headers: Headers }> {
	const response = await fetch(url, {
		method: "POST",
		headers: { "User-Agent": "edgecat" },
		body: new URLSearchParams(fields),
		redirect: "manual",
		signal: AbortSignal.timeout(timeout),
	});
	const text = await readBoundedText(response, maxResponseBytes);
	if (response.status !== 200) throw new Error(`answered ${response.status}`);
	return { text, headers: response.headers };
}
