import { bodyLimit } from "hono/body-limit";
import { BlogError } from "../errors.ts";
import type { Page, Post } from "../posts/post.ts";
import type { AppContext } from "./context.ts";

/** Several times what the longest honest comment takes, so that one too long is still given back to its writer. */
export const boundedBody = bodyLimit({
	maxSize: 256 * 1024,
	onError: () => {
		throw new BlogError(
			"too_large",
			"That is more than a comment may hold. Go back, shorten it, and send it again.",
		);
	},
});

export type Form = (field: string) => string;

/** Reads a posted form: a field that is absent, repeated or a file reads as its first text or as nothing. */
export async function readForm(c: AppContext): Promise<Form> {
	return (await readFields(c)).form;
}

/** Reads a posted form whose fields may be repeated; `all` gives every text of one. */
export async function readFields(
	c: AppContext,
): Promise<{ form: Form; all: (field: string) => readonly string[] }> {
	const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
	if (type !== "application/x-www-form-urlencoded" && type !== "multipart/form-data") {
		throw new BlogError("unsupported", "Send this as a form (application/x-www-form-urlencoded).");
	}
	const body = await c.req.formData().catch((cause) => {
		throw new BlogError("invalid", "That form could not be read. Go back and send it again.", { cause });
	});
	return {
		form: (field) => {
			const value = body.get(field);
			return typeof value === "string" ? value : "";
		},
		all: (field) => body.getAll(field).filter((value) => typeof value === "string"),
	};
}

/** The published entry a form is about, if it takes part in the conversation at all. */
export function entryOf(c: AppContext, form: Form): Post | Page {
	const { archive, now } = c.var.services;
	const entry = archive.byId(form("post"), now());
	if (entry === null || entry.comments === "off") {
		throw new BlogError(
			"not_found",
			"There is no such post to answer to. It may have moved or been taken down.",
		);
	}
	return entry;
}

/** A positive whole number from a form, or null when the field is empty; anything else is an error. */
export function idOf(form: Form, field: string): number | null {
	const text = form(field);
	if (text === "") return null;
	if (!/^[1-9]\d{0,14}$/.test(text))
		throw new BlogError("invalid", `The form's field "${field}" is not a number.`);
	return Number(text);
}
