import type { TypedComment } from "../../comments/draft.ts";
import type { FreshAct } from "../tokens.ts";
import type { OwnForm } from "./comment-form.tsx";

/** What a page has for the one person who has just acted, and never for anyone else. */
export type OwnView = {
	act: FreshAct;
	/** The signed address at which they may change what they posted; null when they posted nothing of their own. */
	ownAddress: string | null;
	/** The next form, with what they are remembered by. */
	typed: TypedComment;
	form: OwnForm;
};
