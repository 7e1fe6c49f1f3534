import { readJson, readStored, store } from "./storage.ts";

const isTimes = (value: unknown): value is Record<string, number> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** Marks the comments since the last visit. Pages opened in the same tab belong to one visit. */
export function markNewComments(section: HTMLElement): void {
	const { post = "", new: label = "" } = section.dataset;
	const visits = readJson("localStorage", "visits", isTimes, {});
	const key = `visit:${post}`;
	const last = Number(readStored("sessionStorage", key) ?? visits[post] ?? Number.NaN);
	store("sessionStorage", key, String(last));
	const others = Object.entries(visits).filter(([id]) => id !== post);
	store(
		"localStorage",
		"visits",
		JSON.stringify(Object.fromEntries([...others.slice(-199), [post, Date.now()]])),
	);
	for (const time of section.querySelectorAll<HTMLTimeElement>(".thread .when time")) {
		// A comment approved late is new when it appears.
		if (!(Number(time.dataset.published ?? Date.parse(time.dateTime)) > last)) continue;
		const mark = Object.assign(document.createElement("small"), { className: "new", textContent: label });
		time.closest(".when")?.after(" ", mark);
	}
}
