import { verifyEditToken } from "../../comments/edit-link.ts";
import type { WrittenComment } from "../../comments/own-comments.ts";
import type { AppContext } from "../http/context.ts";
import { knownVisitor } from "../http/visitor.ts";

/** Whether the request comes from a comment's author, by the visitor cookie or the key of an edit link. */
export async function isAuthor(
	c: AppContext,
	comment: Pick<WrittenComment, "id" | "visitor" | "createdAt">,
	key: string,
	secret: string,
): Promise<boolean> {
	if (key !== "" && (await verifyEditToken(key, comment, secret, c.var.services.clock.now()))) return true;
	const visitor = await knownVisitor(c, secret);
	return visitor !== null && visitor === comment.visitor;
}
