import { existsSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { type KnownTerms, toTerm } from "../build/terms.ts";
import { listingPath } from "../posts/locations.ts";
import { encodePath } from "../posts/paths.ts";
import type { Site } from "../posts/site.ts";
import { addressKey, parseOldAddress } from "./addresses.ts";
import type { LinkRecord, SiteRecord, TermRecord } from "./record.ts";
import type { Spool, SpooledRecord } from "./spool.ts";
import { writeNew } from "./write-entries.ts";

/** The advice for a link that the owner has to add. */
export const menuAdvice = "add it to navigation: in site.yaml.";

/** Everything the menus depend on. */
export type MenuContext = {
	contentDir: string;
	apply: boolean;
	site: Site;
	terms: KnownTerms;
	/** Title and address of the old blogs, by source. */
	sites: ReadonlyMap<string, SiteRecord>;
	isOld(host: string): boolean;
};

/** A menu of the old blog as `navigation` of site.yaml has it. */
export type Menu = { name: string; links: { title: string; url: string }[] };

/**
 * Finds where the links of the old blog's menus lead here. The first menu is written to a new site.yaml; a file of the owner's
 * is left alone, and the menus that it does not have are returned. Entries and terms must be settled.
 */
export async function importMenus(spool: Spool, context: MenuContext): Promise<Menu[]> {
	const { contentDir, apply, site, sites } = context;
	const file = join(contentDir, "site.yaml");
	const isNew = !existsSync(file);
	const known = new Set(site.navigation.map(({ url }) => url));
	const menus = new Map<string, Menu & { source: string; ns: number[] }>();
	for (const spooled of [...spool.links()].sort((a, b) => a.record.order - b.record.order)) {
		const { n, source, record } = spooled;
		const link = resolveLink(spooled, spool, context);
		if ("reason" in link) {
			spool.settle(
				n,
				"reported",
				`"${record.title || "A link"}" of the menu "${record.menu}" ${link.reason}`,
			);
		} else if (known.has(link.url)) spool.settle(n, "present");
		else {
			const menu = menus.get(record.menu) ?? { name: record.menu, links: [], source, ns: [] };
			menus.set(record.menu, { ...menu, links: [...menu.links, link], ns: [...menu.ns, n] });
		}
	}
	const found = [...menus.values()];
	const [first, ...others] = found;
	const left = isNew ? others : found;
	if (isNew && first !== undefined) {
		const text = stringify({ title: sites.get(first.source)?.title || "My blog", navigation: first.links });
		if (apply) await writeNew(file, text);
		for (const n of first.ns) spool.settle(n, "written");
	}
	for (const { name, links, ns } of left) {
		for (const [at, n] of ns.entries()) {
			spool.settle(n, "reported", `"${links[at]?.title}" is in the menu "${name}"; ${menuAdvice}`);
		}
	}
	return left.map(({ name, links }) => ({ name, links }));
}

/** Formats menus as lines for site.yaml. */
export function formatMenus(menus: readonly Menu[]): string {
	return menus
		.map(({ name, links }) => `# ${name.replace(/\s+/g, " ")}\n${stringify({ navigation: links })}`)
		.join("\n");
}

function resolveLink(
	{ source, record }: SpooledRecord<LinkRecord>,
	spool: Spool,
	{ site, terms, sites, isOld }: MenuContext,
): { title: string; url: string } | { reason: string } {
	const { to, title } = record;
	if (record.isNested) return { reason: "is below another link; menus here have one level. Left out." };
	if ("entry" in to) {
		const select = `SELECT planned.path, records.body ->> 'title' AS title, coalesce(planned.body ->> 'draft', 0) AS draft
			FROM planned JOIN records USING (n) WHERE class = 'post' AND source = :source AND id = :id`;
		const row = spool.prepare(select).get({ source, id: to.entry }) as
			| { path: string; title: string; draft: number }
			| undefined;
		if (row === undefined || row.draft === 1)
			return { reason: "leads to an entry that readers cannot see; left out." };
		return { title: title || row.title, url: encodePath(row.path) };
	}
	if ("term" in to) {
		const select = "SELECT body, outcome FROM records WHERE class = 'term' AND source = :source AND id = :id";
		const row = spool.prepare(select).get({ source, id: to.term }) as
			| { body: string; outcome: string }
			| undefined;
		const term: TermRecord | null = row?.outcome === "written" ? JSON.parse(row.body) : null;
		if (term === null || term.taxonomy === "other")
			return { reason: "leads to a category or tag that no entry has; left out." };
		return {
			title: title || term.name,
			url: encodePath(listingPath(term.taxonomy, toTerm(term.name, terms).slug)),
		};
	}
	const old = parseOldAddress(to.address);
	if (old === null || to.address.startsWith("#")) return { reason: "leads nowhere; left out." };
	if (title === "") return { reason: `leads to ${to.address} and has no title; left out.` };
	const isHere = old.host === "" || isOld(old.host) || old.host === parseOldAddress(site.url)?.host;
	if (!isHere) return { title, url: to.address };
	const home = parseOldAddress(sites.get(source)?.address ?? "/");
	if (["/", home === null ? "/" : addressKey(home)].includes(addressKey(old))) return { title, url: "/" };
	const select = "SELECT path FROM addresses JOIN planned ON n = entry WHERE key = :key";
	const row = spool.prepare(select).get({ key: addressKey(old) }) as { path: string } | undefined;
	if (row === undefined) return { reason: `leads to ${to.address}, which no entry has; left out.` };
	return { title, url: encodePath(row.path) };
}
