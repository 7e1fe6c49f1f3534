import type { Highlighter } from "./code.ts";

/** Highlights 25 languages, by their names and common aliases such as `ts`, `sh` and `yml`. */
export const highlight: Highlighter;
