import type { Highlighter } from "./code.ts";

/** Colours 25 languages, by their names and usual short forms such as `ts`, `sh` and `yml`. */
export const highlight: Highlighter;
