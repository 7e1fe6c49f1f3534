import { bodyLimit } from "hono/body-limit";
import type { Page, Post } from "../../posts/post.ts";
import type { AppContext } from "./context.ts";
import { LocalizedError } from "./localized-error.ts";

/** Limits a request body to several times the longest valid comment, so that one too long can still be shown again. */
export const boundedBody = bodyLimit({
	maxSize: 256 * 1024,
	onError: () => {
		throw new LocalizedError("too_large", "formTooLong");
	},
});

export type Form = (field: string) => string;

/** Reads a posted form: a repeated field gives its first value, an absent one or a file gives an empty string. */
export async function readForm(c: AppContext): Promise<Form> {
	return (await readFields(c)).form;
}

/** Reads a posted form whose fields may be repeated; `all` returns every text value of one. */
export async function readFields(
	c: AppContext,
): Promise<{ form: Form; all: (field: string) => readonly string[] }> {
	const type = c.req.header("Content-Type")?.split(";")[0]?.trim().toLowerCase();
	if (type !== "application/x-www-form-urlencoded" && type !== "multipart/form-data") {
		throw new LocalizedError("unsupported", "formUnsupported");
	}
	const body = await c.req.formData().catch((cause) => {
		throw new LocalizedError("invalid", "formUnreadable", { cause });
	});
	return {
		form: (field) => {
			const value = body.get(field);
			return typeof value === "string" ? value : "";
		},
		all: (field) => body.getAll(field).filter((value) => typeof value === "string"),
	};
}

/** Returns the published entry named by the form's `post` field; throws if there is none or its comments are off. */
export function entryOf(c: AppContext, form: Form): Post | Page {
	const { archive, clock } = c.var.services;
	const entry = archive.findById(form("post"), clock.now());
	if (entry === null || entry.comments === "off") {
		throw new LocalizedError("not_found", "postNotFound");
	}
	return entry;
}

/** Returns a form field as a positive integer, or null if it is empty; throws on anything else. */
export function idOf(form: Form, field: string): number | null {
	const text = form(field);
	if (text === "") return null;
	if (!/^[1-9]\d{0,14}$/.test(text))
		throw new LocalizedError("invalid", "fieldNotNumber", { values: { field } });
	return Number(text);
}
