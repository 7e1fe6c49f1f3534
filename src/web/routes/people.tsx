import { Hono } from "hono";
import { BlogError } from "../../errors.ts";
import { block, forgetPerson } from "../../moderation/acts.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { backTo, deskFrame, deskWords, doing } from "../desk.ts";
import { readForm } from "../form.ts";
import { ownersOnly } from "../middleware/desk.ts";
import { deskStringsFor } from "../strings/desk.ts";
import { PeoplePage, PersonPage } from "../views/desk/people.tsx";

/** People as their browsers' cookies tell them apart, and what is known of each. */
export const people = new Hono<AppEnv>();

const pageSize = 50;
const path = "/admin/people/:visitor{[\\w:.@-]{1,120}}";

people.get("/admin/people", async (c) => {
	const [frame, { people, next }] = await Promise.all([
		deskFrame(c),
		c.var.services.people.list(idIn(c.req.query("before")), pageSize),
	]);
	const older = next === null ? null : `/admin/people?before=${next}`;
	return c.html(<PeoplePage {...frame} people={people} next={older} />);
});

people.get(path, (c) => showPerson(c, null));

people.post(`${path}/block`, async (c) => {
	const { desk, people } = c.var.services;
	const visitor = c.req.param("visitor") ?? "";
	const form = await readForm(c);
	const act = doing(c, form("reason"));
	const { comments } = await desk.list(everythingFrom(visitor, null), 1);
	const [latest] = comments;
	if (latest === undefined || latest.byAuthor)
		throw new BlogError("not_found", deskWords(c).strings.personGone);
	const byNetwork = form("kind") === "network";
	const value = byNetwork ? await people.networkOf(visitor) : visitor;
	if (value === null) throw new BlogError("not_found", deskWords(c).strings.noNetwork);
	const blocked = { kind: byNetwork ? "network" : "visitor", value, label: latest.name } as const;
	const changed = await block(c.var.services, [blocked], act);
	return backTo(c, form("back"), changed ? act.act : "nothing");
});

people.post(`${path}/anonymity`, ownersOnly, (c) => forget(c, false));
people.post(`${path}/erasure`, ownersOnly, (c) => forget(c, true));

async function forget(c: AppContext, words: boolean): Promise<Response> {
	const visitor = c.req.param("visitor") ?? "";
	const form = await readForm(c);
	if (form("sure") !== "yes") return showPerson(c, deskWords(c).strings.confirmFirst);
	const act = doing(c, form("reason"));
	const { anonymousName } = deskStringsFor(c.var.services.archive.site.language);
	const count = await forgetPerson(c.var.services, visitor, { words, name: anonymousName }, act);
	return backTo(c, "/admin/people", count > 0 ? act.act : "nothing");
}

const everythingFrom = (visitor: string, after: number | null) => ({
	state: null,
	postId: null,
	visitor,
	words: [],
	from: null,
	to: null,
	after,
});

async function showPerson(c: AppContext, trouble: string | null): Promise<Response> {
	const { desk, people, now } = c.var.services;
	const visitor = c.req.param("visitor") ?? "";
	const [frame, { comments, next }, network] = await Promise.all([
		deskFrame(c),
		desk.list(everythingFrom(visitor, idIn(c.req.query("after"))), pageSize),
		people.networkOf(visitor),
	]);
	if (comments.length === 0) throw new BlogError("not_found", deskWords(c).strings.personGone);
	const base = `/admin/people/${encodeURIComponent(visitor)}`;
	const props = {
		...frame,
		visitor,
		comments,
		hasNetwork: network !== null,
		next: next === null ? null : `${base}?after=${next}`,
		now: now(),
		here: base,
		trouble,
	};
	return c.html(<PersonPage {...props} />, trouble === null ? 200 : 422);
}

function idIn(text: string | undefined): number | null {
	return text !== undefined && /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
