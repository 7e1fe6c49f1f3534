import * as v from "valibot";

const answer = v.object({ success: v.boolean(), "error-codes": v.optional(v.array(v.string()), []) });

/** Parses Turnstile's answer to a token; throws if it is none. */
export const parseAnswer = (text: string): v.InferOutput<typeof answer> => v.parse(answer, JSON.parse(text));
