/** Adds a field to a form that nobody sees. */
export function hidden(form: HTMLFormElement, name: string, value: string): HTMLInputElement {
	const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
	form.append(input);
	return input;
}
