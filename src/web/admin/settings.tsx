import { Hono } from "hono";
import { parseDraft } from "../../comments/draft.ts";
import { BlogError } from "../../errors.ts";
import { isBlockKind } from "../../moderation/blocks.ts";
import { type DryRunProgress, type DryRunResult, dryRun, dryRunLimits } from "../../moderation/dry-run.ts";
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
import { type Form, idOf, readForm } from "../http/form.ts";
import { adminFrame, adminLanguageOf, auditContext, currentMember, redirectWithResult } from "./request.ts";
import { SettingsPage } from "./settings-page.tsx";

/** Moderation settings and blocks. Every member may view and test the settings; only owners save them. */
export const settingsRoutes = new Hono<AppEnv>();

settingsRoutes.get("/admin/settings", (c) => show(c, {}));

settingsRoutes.post("/admin/settings", async (c) => {
	const form = await readForm(c);
	const typed = { policy: form("policy"), blockedWords: form("blockedWords"), linkLimit: form("links") };
	const version = Number(form("version")) || 0;
	const parsed = parseSettings(typed);
	if ("errors" in parsed) return show(c, { typed, version, errors: parsed.errors, status: 422 });
	if (form("do") !== "save")
		return show(c, {
			typed,
			version,
			dryRun: await continueDryRun(c, parsed.settings, dryRunProgress(form)),
		});
	if (currentMember(c).role !== "owner")
		throw new BlogError("forbidden", adminLanguageOf(c).strings.ownersOnly);
	const context = auditContext(c, form("reason"));
	const result = await changeSettings(c.var.services.moderation, parsed.settings, version, context);
	if (result === "changed") return show(c, { typed, errors: ["settings_conflict"], status: 409 });
	return redirectWithResult(c, "/admin/settings", result === "done" ? context.operation : "nothing");
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

/** Reads the progress that the form of the page before carries. */
function dryRunProgress(form: Form): DryRunProgress {
	const after = idOf(form, "after");
	const count = (field: string) => Math.min(idOf(form, field) ?? 0, dryRunLimits.all);
	return after === null
		? { total: 0, changed: 0, after }
		: { total: count("total"), changed: count("changed"), after };
}

/** Judges the next comments by settings that are not saved, as many as one request may. */
async function continueDryRun(
	c: AppContext,
	settings: Settings,
	before: DryRunProgress,
): Promise<DryRunProgress & { differing: readonly DryRunResult[] }> {
	const { archive, moderation } = c.var.services;
	const all = {
		state: null,
		postId: null,
		visitor: null,
		words: [],
		from: null,
		to: null,
		after: before.after,
	};
	const [{ comments, next }, blocks, current] = await Promise.all([
		moderation.queue.list(all, dryRunLimits.comments),
		moderation.blocks.list(),
		moderation.settings.load(),
	]);
	const site = policyOf(archive.site);
	const from = policyWith(site, current.settings);
	const { judged, differing } = await dryRun(comments, { from, to: policyWith(site, settings), blocks });
	const total = before.total + judged.length;
	const more = total < dryRunLimits.all && (next !== null || judged.length < comments.length);
	return {
		...{ total, changed: before.changed + differing.length, differing },
		after: more ? (judged.at(-1)?.id ?? null) : null,
	};
}

type PageState = {
	typed?: TypedSettings;
	/** The version of the settings that the form was made from. */
	version?: number;
	errors?: readonly (SettingsError | "settings_conflict")[];
	dryRun?: DryRunProgress & { differing: readonly DryRunResult[] };
	typedEmail?: string;
	emailError?: string;
	status?: 200 | 409 | 422;
};

async function show(c: AppContext, state: PageState): Promise<Response> {
	const { moderation, clock } = c.var.services;
	const [frame, { settings, version }, blocks, recheck] = await Promise.all([
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
		version: state.version ?? version,
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
