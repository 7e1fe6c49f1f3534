import { describe, expect, it } from "vitest";
import { render } from "../../../support/render.ts";

describe("a formula in a post", () => {
	it("is MathML, inline or as a block", async () => {
		expect(await render("Euler: $e^{i\\pi}+1=0$.")).toMatch(
			/^<p>Euler: <math>.*<msup><mi>e<\/mi>.*<\/math>\.<\/p>/,
		);
		expect(await render("$$\n\\frac{a}{b}\n$$\nAfter")).toMatch(
			/^<math display="block".*<mfrac>.*<\/math><p>After/s,
		);
		expect(await render("文中の$x^2$も。")).toContain("文中の<math>");
	});

	it("has no inline styles, which the CSP blocks", async () => {
		const html = await render(
			"$$\n\\begin{aligned}a&=\\boxed{b}\\\\ \\color{red}c&=\\begin{array}{c|c}1&2\\\\\\hline 3&\\hat 4\\end{array}\\end{aligned} \\tag{1}\n$$",
		);
		expect(html).toContain('<mtd class="tml-right no-left no-right">');
		expect(html).toContain('mathcolor="#ff0000"');
		expect(html).not.toContain(" style=");
		for (const tag of html.match(/<[^>]*>/g) ?? [])
			expect(tag.match(/ class=/g)?.length ?? 0, tag).toBeLessThan(2);
	});

	it("is shown as typed when it is invalid", async () => {
		const html = await render("$\\frac{a}{<b>$ and $\\nothing$");
		expect(html).toContain('<code class="math-error"');
		expect(html).toContain("\\frac{a}{&lt;b&gt;</code>");
		expect(html).not.toContain(" style=");
	});

	it.each(["$5 and $10", "5$ and 10$", "\\$x$", "$ x $", "`$x$`", "$x$5", "$$"])(
		"is not %s",
		async (markdown) => {
			expect(await render(markdown)).not.toContain("<math");
		},
	);

	it("is not parsed as Markdown", async () => {
		expect(await render("*a $b*c$ d*")).toMatch(/^<p><em>a <math>.*<\/math> d<\/em><\/p>/);
		expect(await render("$a_1$ and $b_1$")).not.toContain("<em>");
	});
});
