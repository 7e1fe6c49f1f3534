import * as v from "valibot";
import type { AppContext } from "../http/context.ts";

/** A form as it was submitted: its address and every field in order. */
export type SubmittedForm = v.InferOutput<typeof submittedForm>;

/** Most fields of a form that is returned: more than the largest, a page of selected comments, has. */
const maxFields = 100;

const submittedForm = v.object({
	action: v.pipe(v.string(), v.regex(/^\/admin\/[^\\]*$/)),
	fields: v.pipe(v.array(v.object({ name: v.string(), value: v.string() })), v.maxLength(maxFields)),
});

/** Reads the posted form so that it can be sent again; null without one, or if it holds a passkey's single-use answer. */
export async function readSubmittedForm(c: AppContext): Promise<SubmittedForm | null> {
	const body = await c.req.formData().catch(() => null);
	if (body === null || body.has("credential")) return null;
	const fields = [...body].flatMap(([name, value]) => (typeof value === "string" ? [{ name, value }] : []));
	if (fields.length > maxFields) return null;
	const { pathname, search } = new URL(c.req.url);
	return { action: pathname + search, fields };
}

/** Parses a form that was carried in a field of another as JSON; null when there is none. */
export function parseSubmittedForm(json: string): SubmittedForm | null {
	try {
		const parsed = v.safeParse(submittedForm, JSON.parse(json));
		return parsed.success ? parsed.output : null;
	} catch {
		return null;
	}
}
