import { Hono } from "hono";
import { parseDraft } from "../../comments/draft.ts";
import { BlogError } from "../../errors.ts";
import { block, rule, unblock } from "../../moderation/acts.ts";
import { dryRun, type Tried, triedOn } from "../../moderation/dry-run.ts";
import {
	isBlockKind,
	parseSettings,
	type Settings,
	type SettingsError,
	standardsWith,
	type TypedSettings,
} from "../../moderation/settings.ts";
import { standardsOf } from "../../moderation/standards.ts";
import type { AppContext, AppEnv } from "../context.ts";
import { actorOf, backTo, deskFrame, deskWords, doing } from "../desk.ts";
import { readForm } from "../form.ts";
import { RulesPage } from "../views/desk/rules.tsx";

/** What the rules go by. Anybody at the desk may look and try; owners change. */
export const rulesRoutes = new Hono<AppEnv>();

rulesRoutes.get("/admin/rules", (c) => show(c, {}));

rulesRoutes.post("/admin/rules", async (c) => {
	const form = await readForm(c);
	const typed = { policy: form("policy"), words: form("words"), linkLimit: form("links") };
	const parsed = parseSettings(typed);
	if ("errors" in parsed) return show(c, { typed, errors: parsed.errors, status: 422 });
	if (form("do") !== "save") return show(c, { typed, tried: await tryOut(c, parsed.settings) });
	if (actorOf(c).role !== "owner") throw new BlogError("forbidden", deskWords(c).strings.ownersOnly);
	const act = doing(c, form("reason"));
	const changed = await rule(c.var.services, parsed.settings, act);
	return backTo(c, "/admin/rules", changed ? act.act : "nothing");
});

rulesRoutes.post("/admin/blocks", async (c) => {
	const form = await readForm(c);
	const typedEmail = form("email");
	const parsed = parseDraft({ name: "-", website: "", text: "-", email: typedEmail });
	const email = "draft" in parsed ? parsed.draft.email : null;
	if (email === null) {
		return show(c, { typedEmail, emailTrouble: deskWords(c).strings.emailWrong, status: 422 });
	}
	const act = doing(c, form("reason"));
	const changed = await block(
		c.var.services,
		[{ kind: "email", value: email.toLowerCase(), label: email }],
		act,
	);
	return backTo(c, "/admin/rules", changed ? act.act : "nothing");
});

rulesRoutes.post("/admin/blocks/removal", async (c) => {
	const form = await readForm(c);
	const kind = form("kind");
	if (!isBlockKind(kind)) throw new BlogError("invalid", deskWords(c).strings.nothingDone);
	const act = doing(c, form("reason"));
	const changed = await unblock(c.var.services, [{ kind, value: form("value") }], act);
	return backTo(c, "/admin/rules", changed ? act.act : "nothing");
});

/** Asks the rules about what is already here. */
async function tryOut(
	c: AppContext,
	settings: Settings,
): Promise<{ total: number; differing: readonly Tried[] }> {
	const { archive, desk, standards } = c.var.services;
	const everything = {
		state: null,
		postId: null,
		visitor: null,
		words: [],
		from: null,
		to: null,
		after: null,
	};
	const [{ comments }, blocks, current] = await Promise.all([
		desk.list(everything, triedOn),
		standards.blocks(),
		standards.settings(),
	]);
	const site = standardsOf(archive.site);
	const from = standardsWith(site, current);
	return {
		total: comments.length,
		differing: dryRun(comments, { from, to: standardsWith(site, settings), blocks }),
	};
}

type Shown = {
	typed?: TypedSettings;
	errors?: readonly SettingsError[];
	tried?: { total: number; differing: readonly Tried[] };
	typedEmail?: string;
	emailTrouble?: string;
	status?: 200 | 422;
};

async function show(c: AppContext, shown: Shown): Promise<Response> {
	const { rejudging, standards, now } = c.var.services;
	const [frame, settings, blocks, judgedAgain] = await Promise.all([
		deskFrame(c),
		standards.settings(),
		standards.blocks(),
		rejudging.latest(),
	]);
	const saved = {
		policy: settings.policy ?? "",
		words: settings.words.join("\n"),
		linkLimit: settings.linkLimit === null ? "" : String(settings.linkLimit),
	};
	const props = {
		typed: shown.typed ?? saved,
		errors: shown.errors ?? [],
		tried: shown.tried ?? null,
		typedEmail: shown.typedEmail ?? "",
		emailTrouble: shown.emailTrouble ?? null,
		rejudging: judgedAgain,
	};
	return c.html(<RulesPage {...frame} {...props} blocks={blocks} now={now()} />, shown.status ?? 200);
}
