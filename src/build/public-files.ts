import { join } from "node:path";
import { enginePaths } from "../posts/engine-paths.ts";
import { pathKey } from "../posts/paths.ts";
import type { Page, Post } from "../posts/post.ts";
import type { BuiltEntry } from "./entries.ts";
import { type FoundFile, isHidden, walk } from "./folder.ts";
import { explainTooLarge } from "./media.ts";
import { explainReservedPath } from "./permalinks.ts";
import { displayPath, type Problem } from "./problems.ts";

/** Folder for files that other sites look for at fixed addresses (RFC 8615). */
const wellKnown = ".well-known";

/** Addresses of files that the build makes. */
const made: ReadonlySet<string> = new Set(enginePaths.assets.map((name) => `/${name}`));

/** Address of the engine's own file for people who find a security hole (RFC 9116). */
const securityText = `/${wellKnown}/security.txt`;

/**
 * Finds the files of `content/public/`, which are served at the root as they are, by their paths on the site. Reports those
 * that would take an address of the engine, a post or a page.
 */
export function findPublicFiles(
	contentDir: string,
	entries: readonly BuiltEntry<Post | Page, unknown>[],
	languages: ReadonlySet<string>,
	hasSecurityContact: boolean,
): { files: ReadonlyMap<string, FoundFile>; problems: Problem[] } {
	const found = walk(join(contentDir, "public"), (name) => name !== wellKnown && isHidden(name)).files;
	const files = new Map(found.map((file) => [`/${file.name}`, file]));
	if (found.length === 0) return { files, problems: [] };
	const owners = new Map(
		entries.flatMap(({ source, entry }) =>
			[pathKey(entry.path), ...entry.aliases].map((key) => [key, source.file] as const),
		),
	);
	const problems = Array.from(files, ([path, file]) => {
		const reason = explainTaken(path) ?? explainTooLarge(file.size);
		return reason === null ? [] : [{ file: displayPath(file.path), line: 1, message: reason }];
	}).flat();
	return { files, problems };

	function explainTaken(path: string): string | null {
		const key = pathKey(path);
		const owner = owners.get(key);
		if (owner !== undefined)
			return `would be at ${path}, which is an address of ${owner}; rename one of them.`;
		if (path.startsWith(`/${wellKnown}/`)) {
			if (path !== securityText || !hasSecurityContact) return null;
			return `would be at ${path}, which security_contact in site.yaml already makes; remove one of them.`;
		}
		if (made.has(path))
			return `would be at ${path}, which the build makes; name your icon as icon: in site.yaml.`;
		const reserved = explainReservedPath(key, languages);
		if (reserved !== null) return `would be at ${path}, which ${reserved}; rename it.`;
		// The server passes such addresses to the Worker (`run_worker_first` in wrangler.toml).
		if (!/^\/[a-z\d.~-]/i.test(path))
			return `would be at ${path}, which is not served; begin its path with a letter or digit of ASCII.`;
		return null;
	}
}
