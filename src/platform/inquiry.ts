import { boundedText } from "./bounded-text.ts";

/** What is asked of a service of others: an address that we chose, and the fields of a form. */
export type Inquiry = {
	url: string;
	fields: Readonly<Record<string, string>>;
	/** Milliseconds the answer may take; somebody is waiting for theirs. */
	patience: number;
};

/** Most bytes of an answer; those we ask say yes or no. */
const longestAnswer = 16 * 1024;

/**
 * Posts a form to a service and reads its short answer; throws when there is none in time, or one that is not a plain
 * 200. Addresses the owner sets go through `outgoing.ts` instead, which looks where they lead.
 */
export async function inquire({
	url,
	fields,
	patience,
}: Inquiry): Promise<{ text: string; headers: Headers }> {
	const response = await fetch(url, {
		method: "POST",
		headers: { "User-Agent": "edgecat" },
		body: new URLSearchParams(fields),
		redirect: "manual",
		signal: AbortSignal.timeout(patience),
	});
	const text = await boundedText(response, longestAnswer);
	if (response.status !== 200) throw new Error(`answered ${response.status}`);
	return { text, headers: response.headers };
}
