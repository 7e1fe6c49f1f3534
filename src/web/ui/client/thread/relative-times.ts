/** Shows recent times as relative ones (“5 minutes ago”); the exact time stays in the title. */
export function showRelativeTimes(section: HTMLElement): void {
	const format = new Intl.RelativeTimeFormat(section.lang, { numeric: "auto" });
	const update = () => {
		for (const time of section.querySelectorAll<HTMLTimeElement>(".when time")) {
			const minutes = Math.round((Date.parse(time.dateTime) - Date.now()) / 60_000);
			time.title ||= time.textContent ?? "";
			if (minutes >= 0) time.textContent = format.format(0, "second");
			else if (minutes > -60) time.textContent = format.format(minutes, "minute");
			else if (minutes > -1440) time.textContent = format.format(Math.round(minutes / 60), "hour");
			else if (minutes > -43_200) time.textContent = format.format(Math.round(minutes / 1440), "day");
			else time.textContent = time.title;
		}
	};
	update();
	setInterval(() => document.hidden || update(), 60_000);
}
