import { HtmlValidate } from "html-validate";

/** Rules that the standard does not have are left out. */
const validator = new HtmlValidate({
	root: true,
	extends: ["html-validate:standard", "html-validate:a11y"],
	rules: { "void-style": "off", "no-implicit-button-type": "off", "no-redundant-for": "off" },
});

/** Returns a document's violations of the HTML standard and of its rules for accessibility, each with what is around it. */
export async function htmlViolations(html: string): Promise<string[]> {
	const { results } = await validator.validateString(html);
	return results.flatMap(({ messages }) =>
		messages.map(
			({ ruleId, message, offset }) => `${ruleId}: ${message}: ${html.slice(offset - 40, offset + 80)}`,
		),
	);
}
