import type { Lesson } from "../../../src/moderation/weights.ts";
import { handWritten } from "./hand-written.ts";
import { places, templates } from "./templates.ts";

export type Labelled = { label: Lesson; draft: { name: string; website: string | null; text: string } };

/** How often each pattern is filled in. */
const fillings = 6;

/**
 * Comments of our own making in English and Japanese. What is learnt from and what is kept back share subjects but no
 * pattern, and what was written by hand is never learnt from.
 */
export function labelledComments(): { learnt: Labelled[]; keptBack: Labelled[]; handWritten: Labelled[] } {
	const generated = (which: 0 | 1) =>
		(["approved", "spam"] as const).flatMap((label) =>
			templates[label].flatMap((pair, row) =>
				Array.from({ length: fillings }, (_, time) => labelled(label, filled(pair[which], row + time))),
			),
		);
	return {
		learnt: generated(0),
		keptBack: generated(1),
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

function labelled(label: Lesson, line: string): Labelled {
	const [text = "", website = null] = line.split(/\s*← /);
	return { label, draft: { name: "", website, text } };
}
