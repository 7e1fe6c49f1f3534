import { createApp } from "../../src/app.ts";
import { everyArea } from "../../src/every-area.ts";

/** Every route the app has, read from the app itself: the method, and the path with its parameters' patterns left out. */
export const routeTable: readonly { method: string; path: string }[] = [
	...new Set(
		createApp(() => {
			throw new Error("the route table is read, not run");
		}, everyArea)
			.routes.filter(({ method }) => method !== "ALL")
			.map(({ method, path }) => `${method} ${path.replace(/\{[^/]*?\}(?=[/.]|$)/g, "")}`),
	),
].map((name) => {
	const [method = "", path = ""] = name.split(" ");
	return { method, path };
});
