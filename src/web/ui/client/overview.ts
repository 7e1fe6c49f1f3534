/** Keeps the overview up to date while somebody looks at it. Without a script, reloading the page does the same. */
const interval = 30_000;

setInterval(async () => {
	const shown = document.querySelector("#overview");
	// A list that is open, or a form in use, is left as it is.
	if (
		shown === null ||
		document.hidden ||
		shown.querySelector("details[open]") ||
		shown.matches(":focus-within")
	)
		return;
	const response = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
	if (!response?.ok || response.redirected) return;
	const page = new DOMParser().parseFromString(await response.text(), "text/html");
	const next = page.querySelector("#overview");
	if (next !== null) shown.replaceWith(next);
}, interval);
