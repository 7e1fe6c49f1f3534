import { BlogError } from "../../errors.ts";
import type { Page, Post } from "../../posts/post.ts";
import type { AppContext } from "../http/context.ts";

/** Finds the post or page that the address names by its kind and id; throws `not_found` unless it is public. */
export function findEntry(c: AppContext): { kind: "posts" | "pages"; entry: Post | Page } {
	const { archive, clock } = c.var.services;
	const kind = c.req.param("kind") === "pages" ? "pages" : "posts";
	const id = c.req.param("id") ?? "";
	const entry = archive.findById(id, clock.now());
	if (entry === null || "published" in entry !== (kind === "posts"))
		throw new BlogError("not_found", `No ${kind === "posts" ? "post" : "page"} has the id "${id}".`);
	return { kind, entry };
}
