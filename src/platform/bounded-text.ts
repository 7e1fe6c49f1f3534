/** Reads the text of a response; throws if it is longer than `maxBytes`. */
export async function readBoundedText(response: Response, maxBytes: number): Promise<string> {
	const decoder = new TextDecoder();
	let [text, length] = ["", 0];
	for await (const chunk of response.body ?? []) {
		length += chunk.length;
		if (length > maxBytes) throw new Error(`The response is longer than ${maxBytes} bytes.`);
		text += decoder.decode(chunk, { stream: true });
	}
	return text + decoder.decode();
}
