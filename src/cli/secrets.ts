import { randomBytes } from "node:crypto";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnv } from "node:util";

/** The generator of each secret, for local runs and deployments alike. */
const generators: Readonly<Record<string, () => string>> = {
	SIGNING_SECRET: createSecret,
	INVITE_SECRET: createSecret,
};

/** Returns 32 random bytes, base64url. */
export function createSecret(): string {
	return randomBytes(32).toString("base64url");
}

/** Names and values of secrets. */
export type Secrets = Readonly<Record<string, string>>;

/** Creates every secret that is not among the present names. */
export function createMissingSecrets(present: Iterable<string>): Secrets {
	const known = new Set(present);
	const missing = Object.entries(generators).filter(([name]) => !known.has(name));
	return Object.fromEntries(missing.map(([name, make]) => [name, make()]));
}

/** Reads `secrets.env` beside the local D1 after adding missing secrets; existing ones are left unchanged. */
export async function ensureSecrets(persistTo: string): Promise<Secrets> {
	const file = join(persistTo, "secrets.env");
	await mkdir(persistTo, { recursive: true, mode: 0o700 });
	const written = await readIfThere(file);
	const existing = nonEmpty(parseEnv(written));
	const created = createMissingSecrets(Object.keys(existing));
	if (Object.keys(created).length > 0) {
		const lines = Object.entries(created).map(([name, value]) => `${name}=${value}\n`);
		const start = written === "" || written.endsWith("\n") ? written : `${written}\n`;
		await writeFile(file, start + lines.join(""), { mode: 0o600 });
	}
	await chmod(file, 0o600);
	return { ...existing, ...created };
}

/** Calls `use` with a file of the secrets that only this user can read, and deletes it afterwards. */
export async function withSecretsFile<T>(secrets: Secrets, use: (file: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(tmpdir(), "edgecat-secrets-"));
	try {
		const file = join(folder, "secrets.json");
		await writeFile(file, JSON.stringify(secrets), { mode: 0o600 });
		return await use(file);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}

async function readIfThere(file: string): Promise<string> {
	try {
		return await readFile(file, "utf8");
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
		throw new Error(`${file} cannot be read.`, { cause: error });
	}
}

function nonEmpty(read: Readonly<Record<string, string | undefined>>): Secrets {
	return Object.fromEntries(
		Object.entries(read).filter(
			(entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "",
		),
	);
}
