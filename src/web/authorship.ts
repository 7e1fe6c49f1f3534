import type { WrittenComment } from "../comments/authorship.ts";
import { verifyOwn } from "../comments/own-link.ts";
import type { AppContext } from "./context.ts";
import { knownVisitor } from "./visitor.ts";

/** Whether the request comes from a comment's author: by their cookie, or by the key of their own link. */
export async function isAuthor(
	c: AppContext,
	comment: WrittenComment,
	key: string,
	secret: string,
): Promise<boolean> {
	if (key !== "" && (await verifyOwn(key, comment.id, secret, c.var.services.now()))) return true;
	const visitor = await knownVisitor(c, secret);
	return visitor !== null && visitor === comment.visitor;
}
