import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Claims, TokenKind } from "../../src/tokens/token.ts";

const src = new URL("../../src", import.meta.url).pathname;

/** Finds every kind of signed token that `src/` declares. Throws for one that is not exported, since no test would see it. */
export async function tokenKinds(): Promise<TokenKind<Claims>[]> {
	const sources = readdirSync(src, { recursive: true, encoding: "utf8" })
		.filter((path) => /\.tsx?$/.test(path) && path !== "tokens/token.ts")
		.map((path) => ({
			path,
			declared: readFileSync(join(src, path), "utf8").split(/\btokenKind\(/).length - 1,
		}))
		.filter(({ declared }) => declared > 0);
	const found = await Promise.all(
		sources.map(async ({ path, declared }) => {
			const exported = Object.values(await import(join(src, path))).filter(isTokenKind);
			if (exported.length !== declared) throw new Error(`src/${path} must export each kind of token.`);
			return exported;
		}),
	);
	return found.flat();
}

function isTokenKind(value: unknown): value is TokenKind<Claims> {
	return typeof value === "object" && value !== null && "purpose" in value && "singleUse" in value;
}
