import type { Attribute } from "./resolve-addresses.ts";

/** Attributes whose value is the id of another element, or several. */
const references = new Set(
	"for form list headers popovertarget commandfor itemref anchor aria-activedescendant aria-controls aria-describedby aria-details aria-errormessage aria-flowto aria-labelledby aria-owns".split(
		" ",
	),
);

/**
 * Removes the id of an element of an embedded text, and its references to others, which lose theirs. Ids within a drawing
 * stay, because its parts need each other, with a prefix of the text's own.
 */
export function embeddedIds(
	attributes: readonly Attribute[],
	isDrawing: boolean,
	path: string,
): readonly Attribute[] {
	const nameOf = ({ name }: Attribute) => name.toLowerCase();
	if (!isDrawing) {
		const isKept = (attribute: Attribute) => nameOf(attribute) !== "id" && !references.has(nameOf(attribute));
		return attributes.every(isKept) ? attributes : attributes.filter(isKept);
	}
	const prefix = `${path.replace(/[^A-Za-z\d]+/g, "-").replace(/^-|-$/g, "")}-`;
	return attributes.map((attribute) => {
		const name = nameOf(attribute);
		const value =
			name === "id"
				? prefix + attribute.value
				: references.has(name)
					? attribute.value.replace(/\S+/g, (id) => prefix + id)
					: /^(?:xlink:)?href$/.test(name)
						? attribute.value.replace(/^#/, `#${prefix}`)
						: attribute.value.replace(/url\((["']?)#/g, `url($1#${prefix}`);
		return value === attribute.value ? attribute : { ...attribute, value };
	});
}
