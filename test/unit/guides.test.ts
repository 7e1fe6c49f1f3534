import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

const root = new URL("../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const guides = [
	"README.md",
	...readdirSync(new URL(".github/docs/", root)).map((name) => `.github/docs/${name}`),
].filter((path) => path.endsWith(".md"));

describe("the guides", () => {
	it("name only commands that there are", () => {
		const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
		for (const path of guides) {
			const named = Array.from(read(path).matchAll(/\bnpm run ([\w:-]+)/g), ([, name = ""]) => name);
			expect({ path, unknown: named.filter((name) => scripts[name] === undefined) }).toEqual({
				path,
				unknown: [],
			});
		}
	});

	it("have a workflow of GitHub Actions with pinned actions, no more rights than it needs, and secrets that it names", () => {
		const guide = read(".github/docs/leaving.md");
		const [, yaml = ""] = /^```yaml\n([\s\S]*?)^```/m.exec(guide) ?? [];
		const workflow = parse(yaml);
		expect(Object.keys(workflow)).toEqual(["name", "on", "permissions", "jobs"]);
		expect(workflow.permissions).toEqual({ contents: "read" });
		expect(workflow.on.schedule[0].cron).toMatch(/^\d+ \d+ \* \* \*$/);
		const { steps } = workflow.jobs.backup;
		for (const step of steps) {
			if (step.uses === undefined) expect(step.run).toBeTypeOf("string");
			else expect(step.uses).toMatch(/^actions\/[\w-]+@v\d+$/);
		}
		const secrets = Array.from(yaml.matchAll(/secrets\.(\w+)/g), ([, name = ""]) => name);
		for (const name of secrets) expect(guide).toContain(`\`${name}\``);
		// The file that is uploaded is the one that was encrypted.
		expect(steps.at(-1).with.path).toBe("blog.jsonl.gz.gpg");
		expect(steps.at(-2).run).toMatch(/^printf .* \| gpg .*--symmetric blog\.jsonl\.gz$/);
	});
});
