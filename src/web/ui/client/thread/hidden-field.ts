/** Adds a hidden field to a form and returns it. */
export function addHiddenField(form: HTMLFormElement, name: string, value: string): HTMLInputElement {
	const input = Object.assign(document.createElement("input"), { type: "hidden", name, value });
	form.append(input);
	return input;
}
