import { interfaceLanguages } from "../ui/strings/strings.ts";
import type { AppContext } from "./context.ts";
import { preferredLanguage } from "./preferred-language.ts";

/** Picks the interface language of a private page. */
export const browserLanguage = (c: AppContext): string => preferredLanguage(c, interfaceLanguages);
