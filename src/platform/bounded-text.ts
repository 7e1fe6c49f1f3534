/** Reads at most `most` bytes of an answer; one that is longer is an error. */
export async function boundedText(response: Response, most: number): Promise<string> {
	const decoder = new TextDecoder();
	let [text, length] = ["", 0];
	for await (const chunk of response.body ?? []) {
		length += chunk.length;
		if (length > most) throw new Error(`The answer is longer than ${most} bytes.`);
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}
