import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { likenessOf } from "../../src/moderation/classifier.ts";
import { featuresOf } from "../../src/moderation/features.ts";
import { likeness } from "../../src/moderation/rules/likeness.ts";
import {
	count,
	decodeWeights,
	encodeWeights,
	noWeights,
	type Weights,
} from "../../src/moderation/weights.ts";
import { candidate, standards } from "../support/candidate.ts";
import { type Labelled, labelledComments } from "./labelled/labelled.ts";

const { learnt, keptBack, handWritten } = labelledComments();

const isStopped = ({ draft }: Labelled, weights: Weights) =>
	likeness(candidate({ ...draft, history: { weights } }), standards) !== null;

/** Of what was stopped, how much was spam; of the spam, how much was stopped. */
function figures(comments: readonly Labelled[], weights: Weights) {
	const stopped = comments.filter((comment) => isStopped(comment, weights));
	const right = stopped.filter(({ label }) => label === "spam").length;
	const spam = comments.filter(({ label }) => label === "spam").length;
	return { precision: right / stopped.length, recall: right / spam, wrong: stopped.length - right };
}

function taught(comments: readonly Labelled[]): Weights {
	const weights = noWeights();
	for (const { label, draft } of comments) count(weights, featuresOf(draft), label, 1);
	return weights;
}

describe("the classifier on a labelled set of our own making", () => {
	it("is sensible from the start, better once taught, and rarely wrong about people", () => {
		expect(learnt.length + keptBack.length + handWritten.length).toBeGreaterThanOrEqual(400);
		const weights = taught(learnt);
		const rows = [
			{ set: "patterns kept back", comments: keptBack },
			{ set: "written by hand", comments: handWritten },
		].map(({ set, comments }) => ({
			set,
			size: comments.length,
			before: figures(comments, noWeights()),
			after: figures(comments, weights),
		}));
		const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
		for (const { set, size, before, after } of rows) {
			console.log(
				`classifier, ${set} (${size}): before learning precision ${percent(before.precision)} recall ${percent(before.recall)},` +
					` after ${learnt.length} decisions precision ${percent(after.precision)} recall ${percent(after.recall)}`,
			);
			expect(before.precision, set).toBeGreaterThan(0.95);
			expect(before.recall, set).toBeGreaterThan(0.6);
			expect(after.precision, set).toBeGreaterThan(0.95);
			expect(after.recall, set).toBeGreaterThan(before.recall - 0.001);
		}
	});
});

describe("likeness", () => {
	it("names the words that say so most", () => {
		const finding = likeness(
			candidate({ text: "casino bonus https://casino.example", history: {} }),
			standards,
		);
		expect(finding?.detail).toMatch(/^\d+%: .*casino/);
	});

	it("never throws out on the seed alone, nor stops somebody with something published", () => {
		const text = "Online casino bonus free spins win money https://casino-win.example";
		expect(likeness(candidate({ text }), standards)?.verdict).toBe("hold");
		const weights = taught(learnt);
		expect(likeness(candidate({ text, history: { weights } }), standards)?.verdict).toBe("spam");
		expect(likeness(candidate({ text, history: { weights, known: true } }), standards)).toBeNull();
	});

	it("learns what this blog calls spam, and forgets it when the decision is reversed", () => {
		const draft = {
			name: "",
			website: null,
			text: "Wonderful garden gnomes for every lawn, see my gnome catalogue",
		};
		const weights = noWeights();
		const before = likenessOf(featuresOf(draft), weights).spam;
		for (let times = 0; times < 5; times++) count(weights, featuresOf(draft), "spam", 1);
		expect(likenessOf(featuresOf(draft), weights).spam).toBeGreaterThan(0.99);
		for (let times = 0; times < 5; times++) count(weights, featuresOf(draft), "spam", -1);
		expect(likenessOf(featuresOf(draft), weights).spam).toBe(before);
	});
});

describe("weights", () => {
	it("come back from the store as they went, and never overflow", () => {
		const weights = noWeights();
		for (let times = 0; times < 1000; times++) count(weights, ["always", `once ${times}`], "approved", 1);
		const back = decodeWeights(encodeWeights(weights), weights.comments);
		expect(back).toEqual(weights);
		expect(Math.max(...back.approved)).toBeGreaterThan(100);
		expect(encodeWeights(weights).length).toBeLessThan(100_000);
	});

	it("take any text, and a bounded number of its features", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 5000 }), (text) => {
				const features = featuresOf({ name: text.slice(0, 80), website: null, text });
				expect(features.length).toBeLessThanOrEqual(400);
				const { spam } = likenessOf(features, noWeights());
				expect(spam).toBeGreaterThanOrEqual(0);
				expect(spam).toBeLessThanOrEqual(1);
			}),
		);
	});
});
