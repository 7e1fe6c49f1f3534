import { toXmlText } from "../text/xml.ts";

const entities: Record<string, string> = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	'"': "&quot;",
	"'": "&#39;",
};

/** Escapes text for HTML and XML, in elements and in quoted attributes. Characters that XML forbids are replaced. */
export function escapeHtml(text: string): string {
	return toXmlText(text).replace(/[&<>"']/g, (character) => entities[character] ?? character);
}
