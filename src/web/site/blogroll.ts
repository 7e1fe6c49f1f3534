import { cache } from "../http/caching.ts";
import type { AppContext } from "../http/context.ts";

/** Responds with the feeds of the blogs that this one recommends, as feed readers import and follow them (OPML 2.0). */
export async function respondWithBlogroll(c: AppContext): Promise<Response> {
	const { archive, clock, deployedAt } = c.var.services;
	const { blogroll, title, author } = archive.site;
	if (blogroll.length === 0) return c.notFound();
	const { writeXml, x } = await import("./xml.ts");
	const text = writeXml(
		x("opml", { version: "2.0" }, [
			x("head", [
				x("title", title),
				x("dateModified", new Date(deployedAt(clock.now())).toUTCString()),
				x("ownerName", author.name),
			]),
			x(
				"body",
				blogroll.map((blog) =>
					x("outline", {
						type: "rss",
						text: blog.title,
						title: blog.title,
						xmlUrl: blog.feed,
						htmlUrl: blog.url,
					}),
				),
			),
		]),
	);
	cache(c, "shared");
	return c.body(text, 200, { "Content-Type": "application/xml; charset=utf-8" });
}
