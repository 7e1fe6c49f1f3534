import { describe, expect, it } from "vitest";
import { aiRules, signalsLine } from "../../../src/web/site/ai-crawlers.ts";

const silent = { search: null, "ai-input": null, "ai-train": null };
const rules = (ai: "allow" | "no_training" | "block") => aiRules({ ai, signals: silent });

describe("robots.txt for crawlers of language models", () => {
	it("asks none, those that train, or all to stay away, in a group of their own", () => {
		expect(rules("allow")).toBe("");
		for (const text of [rules("no_training"), rules("block")])
			expect(text).toMatch(/^(User-agent: [\w-]+\n){10,}Disallow: \/\n\n$/);
		expect(rules("no_training")).toContain("User-agent: GPTBot\n");
		expect(rules("no_training")).not.toContain("User-agent: ChatGPT-User\n");
		expect(rules("block")).toContain("User-agent: ChatGPT-User\n");
	});

	it("says what the owner says about uses, and nothing else", () => {
		const line = (signals: Partial<Record<keyof typeof silent, boolean>>) =>
			signalsLine({ ai: "allow", signals: { ...silent, ...signals } });
		expect(line({})).toBe("");
		expect(line({ search: true, "ai-train": false })).toBe("Content-Signal: search=yes, ai-train=no\n");
		expect(line({ "ai-input": false })).toBe("Content-Signal: ai-input=no\n");
	});
});
