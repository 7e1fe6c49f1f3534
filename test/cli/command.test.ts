import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { command, parseArguments } from "../../src/cli/command.ts";
import { projectRoot } from "../../src/cli/config.ts";
import { temporaryFolder } from "./temporary.ts";

const { scripts } = JSON.parse(readFileSync(`${projectRoot}/package.json`, "utf8")) as {
	scripts: Record<string, string>;
};

/** The commands for whoever runs a blog, by name: what package.json runs from cli/, except a step of another command. */
const commands = Object.entries(scripts).flatMap(([name, line]) => {
	const script = /^node (?:--\S+ )*(src\/cli\/.+\.ts)$/.exec(line)?.[1];
	return script === undefined || name.startsWith("post") ? [] : [{ name, script }];
});

function run(script: string, args: readonly string[]) {
	const folder = temporaryFolder();
	// No content, so that a command that does more than print fails.
	const { PATH, NODE_COMPILE_CACHE } = process.env;
	const env = { PATH, NODE_COMPILE_CACHE, HOME: folder, CONTENT_DIR: `${folder}/none`, PERSIST_TO: folder };
	return new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
		execFile(process.execPath, [script, ...args], { cwd: projectRoot, env }, (error, stdout, stderr) =>
			resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
		);
	});
}

describe("every command", () => {
	it("is in this table", () => {
		expect(commands.map(({ name }) => name).sort()).toEqual(
			[
				...[
					"backup",
					"build",
					"comments",
					"deploy",
					"export",
					"import",
					"invite",
					"new",
					"outbox",
					"preview-link",
				],
				...["restore", "selfhost", "start"],
			].sort(),
		);
	});

	it.each(commands)(
		"npm run $name prints its usage, options, exit codes and an example for --help",
		async ({ name, script }) => {
			const { code, stdout, stderr } = await run(script, ["--help"]);
			expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
			expect(stdout).toMatch(
				/^[A-Z].*\.\n\nUsage: npm .*\n(?: {7}npm .*\n)*\nOptions:\n(?: {2}--.*\n)* {2}--help +print this\n\nEnvironment:\n(?: {2}[A-Z_]+ +.*\n)+\nExit codes:\n {2}0 done, 1 failed, 2 .*\n\nExample:\n {2}.*npm .*\n$/,
			);
			expect(
				stdout.match(name === "start" ? /npm start/g : new RegExp(`npm run ${name}\\b`, "g"))?.length,
			).toBeGreaterThan(1);
		},
	);

	it.each(commands)(
		"npm run $name refuses an unknown option, and suggests the closest",
		async ({ script }) => {
			const { code, stdout, stderr } = await run(script, ["--hlep"]);
			expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
			expect(stderr).toMatch(/^Unknown option --hlep; did you mean "--help"\?\nUsage: npm /);
		},
	);

	it.each(commands)(
		"npm run $name says that a variable names no folder, or fails, with exit code 1",
		async ({ name, script }) => {
			const args: Record<string, string[]> = {
				comments: ["list"],
				restore: ["/none/backup"],
				selfhost: ["build", "/none/folder"],
				export: ["x"],
				import: ["x.xml"],
				new: ["Title"],
				"preview-link": ["x.md"],
			};
			const { code, stdout, stderr } = await run(script, args[name] ?? []);
			expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
			expect(stderr).toMatch(
				["backup", "comments", "outbox"].includes(name) ? /^There is no database in \/.* yet;/ : /\/none/,
			);
		},
	);
});

const description = {
	summary: "Prints.",
	usage: ["npm run print -- [--name N] [--loud]"],
	options: {
		name: { type: "string", placeholder: "N", default: "you", help: "who is greeted" },
		loud: { type: "boolean", help: "greet loudly" },
		size: { type: "string", placeholder: "S", help: "size" },
	},
	positionals: false,
	environment: [],
	example: "npm run print",
} as const;

describe("parseArguments", () => {
	it("returns the values, with defaults", () => {
		expect(parseArguments(description, ["--loud"])).toEqual({
			ok: true,
			values: { name: "you", loud: true },
			positionals: [],
		});
		expect(parseArguments(description, ["--name", "Mika", "--size=3"])).toMatchObject({
			values: { name: "Mika", loud: false, size: "3" },
		});
	});

	it.each([
		[["--nmae", "x"], 'Unknown option --nmae; did you mean "--name"?'],
		[["-l"], "Unknown option -l; --help lists the options."],
		[["words"], 'Unknown argument "words".'],
		[["--name"], "argument missing"],
		[["--loud=1"], "does not take an argument"],
		[["--", "--loud"], 'Unknown argument "--loud".'],
	])("refuses %j and shows the usage", (args, message) => {
		const parsed = parseArguments(description, args);
		expect(parsed).toMatchObject({ ok: false, message: expect.stringContaining(message) });
		expect(parsed).toMatchObject({
			message: expect.stringMatching(/\nUsage: npm run print -- \[--name N\] \[--loud\]$/),
		});
	});
});

describe("command", () => {
	it("returns the exit code of what it ran, and 1 for an error of the operating system", async () => {
		const parse = () => ({ ok: true as const });
		expect(await command(description, parse, async () => 0, [])).toBe(0);
		expect(await command(description, parse, async () => 1, [])).toBe(1);
		const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { syscall: "write" });
		expect(await command(description, parse, () => Promise.reject(full), [])).toBe(1);
		await expect(command(description, parse, () => Promise.reject(new Error("bug")), [])).rejects.toThrow(
			"bug",
		);
	});
});
