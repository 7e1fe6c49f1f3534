import { type DefaultTreeAdapterMap, defaultTreeAdapter as tree } from "parse5";

export type Node = DefaultTreeAdapterMap["node"];
export type Parent = DefaultTreeAdapterMap["parentNode"];
export type Element = DefaultTreeAdapterMap["element"];

/** Returns all elements below a node, in order. Content of templates is not among them: pages have none. */
export function elementsIn(node: Node): Element[] {
	const own = tree.isElementNode(node) ? [node] : [];
	return "childNodes" in node ? [...own, ...node.childNodes.flatMap(elementsIn)] : own;
}

/** Returns an attribute; null if there is none. */
export function attribute(element: Element, name: string): string | null {
	return element.attrs.find((each) => each.name === name)?.value ?? null;
}

/** Sets an attribute that is there. */
export function setAttribute(element: Element, name: string, value: string): void {
	for (const each of element.attrs) if (each.name === name) each.value = value;
}

export function hasClass(element: Element, name: string): boolean {
	return attribute(element, "class")?.split(/\s+/).includes(name) ?? false;
}

/** Returns the text in a node. */
export function textOf(node: Node): string {
	if (tree.isTextNode(node)) return node.value;
	return "childNodes" in node ? node.childNodes.map(textOf).join("") : "";
}

/** Replaces an element by others. */
export function replaceWith(element: Element, nodes: readonly DefaultTreeAdapterMap["childNode"][]): void {
	const { parentNode } = element;
	if (parentNode === null) return;
	for (const node of nodes) tree.insertBefore(parentNode, node, element);
	tree.detachNode(element);
}

/** Makes an element of HTML with text in it. */
export function elementOf(name: string, attrs: Record<string, string>, text: string): Element {
	const html = "http://www.w3.org/1999/xhtml" as Element["namespaceURI"];
	const element = tree.createElement(
		name,
		html,
		Object.entries(attrs).map(([key, value]) => ({ name: key, value })),
	);
	tree.insertText(element, text);
	return element;
}
