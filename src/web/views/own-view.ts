import type { TypedComment } from "../../comments/draft.ts";
import type { FreshAct } from "../tokens.ts";
import type { OwnForm } from "./comment-form.tsx";
import type { StepUpForm } from "./step-up.ts";

/** What a page has for the one person who has just acted, and never for anyone else. */
export type OwnView = {
	act: FreshAct;
	/** The signed address at which they may change what they posted; null when they posted nothing of their own. */
	ownAddress: string | null;
	/** What their browser is asked for, while their comment waits for nothing else. */
	stepUp: StepUpForm | null;
	/** Where it is asked again after it did not hold. */
	retry: string | null;
	/** The next form, with what they are remembered by. */
	typed: TypedComment;
	form: OwnForm;
};
