import { type Pause, pauseModes } from "../../comments/pause.ts";
import { pauseHours } from "../../moderation/pauses.ts";
import { formatMinute } from "../../posts/dates.ts";
import type { Site } from "../../posts/site.ts";
import { fill, plural } from "../ui/strings/strings.ts";
import type { AdminLanguage } from "./request.ts";

/** The pause as a page shows it: the one that lasts, and the version that a change must name. */
export type ShownPause = { active: Pause | null; version: number };

type Props = AdminLanguage & { pause: ShownPause; here: string; site: Site };

/** Renders, on every page, that commenting on the whole blog is paused, with the button that ends it. */
export const PauseNotice = ({ strings, lang, pause, here, site }: Props) => {
	if (pause.active === null) return null;
	const { mode, until } = pause.active;
	const text =
		until === null
			? strings[`paused_${mode}`]
			: fill(strings[`paused_${mode}_until`], { date: formatMinute(until, lang, site.timezone) });
	return (
		<form method="post" action="/admin/pause" class="notice paused">
			<input type="hidden" name="version" value={String(pause.version)} />
			<input type="hidden" name="back" value={here} />
			<span>{text}</span>{" "}
			<button type="submit" name="do" value="end">
				{strings.endPause}
			</button>
		</form>
	);
};

/** Renders the form that pauses commenting, or changes the pause that lasts. */
export const PauseForm = ({ strings, lang, pause, here }: Omit<Props, "site">) => (
	<details class="pause">
		<summary>{strings.pauseAll}</summary>
		<p class="hint">{strings.pauseHint}</p>
		<form method="post" action="/admin/pause" class="plain grid">
			<input type="hidden" name="version" value={String(pause.version)} />
			<input type="hidden" name="back" value={here} />
			<p>
				<label for="pause-mode">{strings.pauseMode}</label>
				<select id="pause-mode" name="mode">
					{pauseModes.map((mode) => (
						<option value={mode} selected={mode === pause.active?.mode}>
							{strings[`pause_${mode}`]}
						</option>
					))}
				</select>
			</p>
			<p>
				<label for="pause-hours">{strings.pauseFor}</label>
				<select id="pause-hours" name="hours">
					{pauseHours.map((hours) => (
						<option value={String(hours)} selected={hours === 12}>
							{hours === 0 ? strings.pauseOpenEnded : plural(strings.hours, hours, lang)}
						</option>
					))}
				</select>
			</p>
			<p class="buttons">
				<button type="submit">{strings.startPause}</button>
			</p>
		</form>
	</details>
);
