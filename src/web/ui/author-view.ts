import type { TypedComment } from "../../comments/draft.ts";
import type { Flash } from "../../comments/form-tokens.ts";
import type { ChallengeForm } from "./challenge-form.ts";
import type { FormState } from "./comment-form.tsx";

/** Content of a page for the visitor who has just acted; never part of a shared page. */
export type AuthorView = {
	flash: Flash;
	/** Signed URL to edit the posted comment; null if there is none of their own. */
	editUrl: string | null;
	/** The challenge for their browser, while the comment is held for nothing else. */
	challenge: ChallengeForm | null;
	/** URL that offers a failed challenge again. */
	retry: string | null;
	/** The next comment form, prefilled from the `author` cookie. */
	typed: TypedComment;
	form: FormState;
};
