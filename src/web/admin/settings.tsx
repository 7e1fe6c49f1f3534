import { Hono } from "hono";
import { parseDraft } from "../../comments/draft.ts";
import { BlogError } from "../../errors.ts";
import { isBlockKind } from "../../moderation/blocks.ts";
import { type DryRunResult, dryRun, dryRunLimit } from "../../moderation/dry-run.ts";
import { block, changeSettings, unblock } from "../../moderation/operations.ts";
import { policyOf } from "../../moderation/policy.ts";
import {
	parseSettings,
	policyWith,
	type Settings,
	type SettingsError,
	type TypedSettings,
} from "../../moderation/settings.ts";
import type { AppContext, AppEnv } from "../http/context.ts";
import { readForm } from "../http/form.ts";
import { adminFrame, adminLanguageOf, auditContext, currentMember, redirectWithResult } from "./request.ts";
import { SettingsPage } from "./settings-page.tsx";

/** Moderation settings and blocks. Every member may view and test the settings; only owners save them. */
export const settingsRoutes = new Hono<AppEnv>();

settingsRoutes.get("/admin/settings", (c) => show(c, {}));

settingsRoutes.post("/admin/settings", async (c) => {
	const form = await readForm(c);
	const typed = { policy: form("policy"), blockedWords: form("blockedWords"), linkLimit: form("links") };
	const parsed = parseSettings(typed);
	if ("errors" in parsed) return show(c, { typed, errors: parsed.errors, status: 422 });
	if (form("do") !== "save") return show(c, { typed, dryRun: await runDryRun(c, parsed.settings) });
	if (currentMember(c).role !== "owner")
		throw new BlogError("forbidden", adminLanguageOf(c).strings.ownersOnly);
	const context = auditContext(c, form("reason"));
	const changed = await changeSettings(c.var.services.moderation, parsed.settings, context);
	return redirectWithResult(c, "/admin/settings", changed ? context.operation : "nothing");
});

settingsRoutes.post("/admin/blocks", async (c) => {
	const form = await readForm(c);
	const typedEmail = form("email");
	const parsed = parseDraft({ name: "-", website: "", text: "-", email: typedEmail });
	const email = "draft" in parsed ? parsed.draft.email : null;
	if (email === null) {
		return show(c, { typedEmail, emailError: adminLanguageOf(c).strings.emailWrong, status: 422 });
	}
	const context = auditContext(c, form("reason"));
	const changed = await block(
		c.var.services.moderation,
		[{ kind: "email", value: email.toLowerCase(), label: email }],
		context,
	);
	return redirectWithResult(c, "/admin/settings", changed ? context.operation : "nothing");
});

settingsRoutes.post("/admin/blocks/removal", async (c) => {
	const form = await readForm(c);
	const kind = form("kind");
	if (!isBlockKind(kind)) throw new BlogError("invalid", adminLanguageOf(c).strings.noChange);
	const context = auditContext(c, form("reason"));
	const changed = await unblock(c.var.services.moderation, [{ kind, value: form("value") }], context);
	return redirectWithResult(c, "/admin/settings", changed ? context.operation : "nothing");
});

/** Judges the latest comments by settings that are not saved. */
async function runDryRun(
	c: AppContext,
	settings: Settings,
): Promise<{ total: number; differing: readonly DryRunResult[] }> {
	const { archive, moderation } = c.var.services;
	const all = {
		state: null,
		postId: null,
		visitor: null,
		words: [],
		from: null,
		to: null,
		after: null,
	};
	const [{ comments }, blocks, current] = await Promise.all([
		moderation.queue.list(all, dryRunLimit),
		moderation.blocks.list(),
		moderation.settings.load(),
	]);
	const site = policyOf(archive.site);
	const from = policyWith(site, current);
	return {
		total: comments.length,
		differing: dryRun(comments, { from, to: policyWith(site, settings), blocks }),
	};
}

type PageState = {
	typed?: TypedSettings;
	errors?: readonly SettingsError[];
	dryRun?: { total: number; differing: readonly DryRunResult[] };
	typedEmail?: string;
	emailError?: string;
	status?: 200 | 422;
};

async function show(c: AppContext, state: PageState): Promise<Response> {
	const { moderation, clock } = c.var.services;
	const [frame, settings, blocks, recheck] = await Promise.all([
		adminFrame(c),
		moderation.settings.load(),
		moderation.blocks.list(),
		moderation.rechecks.latest(),
	]);
	const saved = {
		policy: settings.policy ?? "",
		blockedWords: settings.blockedWords.join("\n"),
		linkLimit: settings.linkLimit === null ? "" : String(settings.linkLimit),
	};
	const props = {
		typed: state.typed ?? saved,
		errors: state.errors ?? [],
		dryRun: state.dryRun ?? null,
		typedEmail: state.typedEmail ?? "",
		emailError: state.emailError ?? null,
		recheck,
	};
	return c.html(
		<SettingsPage {...frame} {...props} blocks={blocks} now={clock.now()} />,
		state.status ?? 200,
	);
}
