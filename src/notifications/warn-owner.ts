import type { Budget } from "../budget.ts";
import type { Log } from "../log.ts";
import {
	type WarningFigures,
	type WarningKind,
	type WarningRepository,
	warningsFor,
} from "../monitoring/warnings.ts";
import type { Site } from "../posts/site.ts";
import type { Channel } from "./channel.ts";
import type { Notice } from "./notice.ts";
import type { NotificationSender } from "./send-notifications.ts";
import { mailStringsFor } from "./strings/strings.ts";

/** The channels that reach the owner, with everything a warning needs. */
export type WarningSender = {
	warnings: WarningRepository;
	channels: readonly Channel[];
	site: Pick<Site, "url" | "title" | "language">;
	log: Log;
};

/** Returns the channels that reach the owner. */
export const ownerChannels = ({ channels, audience }: NotificationSender): readonly Channel[] =>
	channels.filter(({ name }) => audience.ownerChannels.includes(name));

const readCost = { statements: 1, rows: 20 } as const;
const changeCost = { statements: 2, rows: 4 } as const;

/**
 * Tells the owner of each matter once when it begins and once when it is over. A message that no channel takes is sent again
 * by the next run; a matter that is over before anybody was told of it is not mentioned.
 */
export async function warnOwner(
	sender: WarningSender,
	figures: WarningFigures,
	budget: Budget,
	now: number,
): Promise<void> {
	if (!budget.take(readCost)) return;
	const open = await sender.warnings.open();
	const wanted = warningsFor(figures, new Set(open.map(({ kind }) => kind)));
	for (const kind of wanted) {
		const known = open.find((each) => each.kind === kind);
		if (known?.toldAt != null || !budget.take(changeCost)) continue;
		if (known !== undefined || (await sender.warnings.begin(kind, now)))
			await tellBeginning(sender, kind, known?.since ?? now, budget, now);
	}
	for (const { kind, since, toldAt } of open) {
		if (wanted.has(kind) || !budget.take(changeCost)) continue;
		// The row goes first: a message that is lost is better than one that comes every five minutes.
		if ((await sender.warnings.end(kind)) && toldAt !== null)
			await tell(sender, { kind, isOver: true }, `${kind}:${since}:over`, budget, now);
	}
}

/** Tells the owner of one matter, unless somebody has; for those that find it beside the cron trigger. */
export async function warnOfOne(
	sender: WarningSender,
	kind: WarningKind,
	budget: Budget,
	now: number,
): Promise<void> {
	if (!budget.take(changeCost) || !(await sender.warnings.begin(kind, now))) return;
	await tellBeginning(sender, kind, now, budget, now);
}

async function tellBeginning(
	sender: WarningSender,
	kind: WarningKind,
	since: number,
	budget: Budget,
	now: number,
): Promise<void> {
	if (await tell(sender, { kind, isOver: false }, `${kind}:${since}`, budget, now))
		await sender.warnings.markTold(kind, now);
}

/** Sends a message by every channel; returns whether any took it. */
async function tell(
	{ channels, site, log }: WarningSender,
	{ kind, isOver }: { kind: WarningKind; isOver: boolean },
	id: string,
	budget: Budget,
	now: number,
): Promise<boolean> {
	const { warning, warningOver } = mailStringsFor(site.language);
	const text = isOver ? warningOver[kind] : warning[kind];
	const notice: Notice = {
		key: `warning:${id}`,
		at: now,
		reader: null,
		items: [],
		warning: { kind, isOver, title: `${site.title}: ${text}`, url: `${site.url}/admin` },
	};
	const outcomes = await Promise.all(
		channels.map(async (channel) => {
			if (!budget.take({ subrequests: channel.subrequests })) return false;
			const outcome = await channel.send(notice).catch((error: unknown) => {
				log(`a warning could not be sent on ${channel.name}`, { error });
				return null;
			});
			if (outcome !== null && !outcome.sent)
				log(`a warning could not be sent on ${channel.name}`, { failure: outcome.failure });
			return outcome?.sent ?? false;
		}),
	);
	return outcomes.some(Boolean);
}
