import { HtmlValidate } from "html-validate";

/** Rules that the standard does not have are left out. */
const validator = new HtmlValidate({
	root: true,
	extends: ["html-validate:standard", "html-validate:a11y"],
	rules: { "void-style": "off", "no-implicit-button-type": "off", "no-redundant-for": "off" },
});

/** Style sheets, which are not checked and take half the time. */
const styles = /(<style[^>]*>)[^<]*/g;

/** Returns a document's violations of the HTML standard and of its rules for accessibility, each with what is around it. */
export async function htmlViolations(html: string): Promise<string[]> {
	const document = withoutRepeatedItems(html.replace(styles, "$1"));
	const { results } = await validator.validateString(document);
	return results.flatMap(({ messages }) =>
		messages.map(
			({ ruleId, message, offset }) => `${ruleId}: ${message}: ${document.slice(offset - 40, offset + 80)}`,
		),
	);
}

/**
 * Leaves out list items that differ from the two before them in their numbers alone and have no id: what is wrong with one is
 * wrong with those. A list of three thousand takes two seconds.
 */
function withoutRepeatedItems(html: string): string {
	const parts = html.split(/(?<=<\/li>)/);
	const shapes = parts.map((part) => part.replace(/\d+/g, "0"));
	const isRepeated = (part: string, at: number) =>
		/^\s*<li[\s>](?!.*<li[\s>])(?!.*\bid=)/s.test(part) &&
		shapes[at] === shapes[at - 1] &&
		shapes[at] === shapes[at - 2];
	return parts.filter((part, at) => !isRepeated(part, at)).join("");
}
