import type { Label } from "../../../src/moderation/weights.ts";
import { handWritten } from "./hand-written.ts";
import { places, templates } from "./templates.ts";

/** A comment with its class. */
export type LabelledComment = { label: Label; draft: { name: string; website: string | null; text: string } };

/** Comments generated from each template. */
const fillings = 6;

/**
 * Generates labelled comments in English and Japanese. The training and test sets share subjects but no template, and
 * handwritten comments are never trained on.
 */
export function labelledComments(): {
	training: LabelledComment[];
	heldOut: LabelledComment[];
	handWritten: LabelledComment[];
} {
	const generated = (which: 0 | 1) =>
		(["approved", "spam"] as const).flatMap((label) =>
			templates[label].flatMap((pair, row) =>
				Array.from({ length: fillings }, (_, time) => labelled(label, filled(pair[which], row + time))),
			),
		);
	return {
		training: generated(0),
		heldOut: generated(1),
		handWritten: (["approved", "spam"] as const).flatMap((label) =>
			handWritten[label].map((line) => labelled(label, line)),
		),
	};
}

function filled(template: string, turn: number): string {
	let filledIn = 0;
	return template.replace(/\{([^}]+)\}/g, (place, name: string) => {
		const choices = places[name] ?? [];
		filledIn += 1;
		return choices[(turn + (filledIn - 1) * 2) % choices.length] ?? place;
	});
}

function labelled(label: Label, line: string): LabelledComment {
	const [text = "", website = null] = line.split(/\s*← /);
	return { label, draft: { name: "", website, text } };
}
