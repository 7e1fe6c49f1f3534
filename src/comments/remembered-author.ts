import type { TypedComment } from "./draft.ts";

/** Fields that the next comment form is prefilled with. */
export type RememberedAuthor = Omit<TypedComment, "text">;

/** Days for which they are stored in a cookie, as the form states. */
export const rememberedDays = 180;
