/**
 * Matches a Chinese, Japanese or Korean character: wide, full-width or half-width by UAX #11, but not an emoji.
 * Includes ideographic variation selectors, which only follow such a character.
 */
export const cjk =
	/[[\u1100-\u11FF\u20A9\u2329\u232A\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7FF\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF01-\uFFEE\u{16FE0}-\u{18DFF}\u{1AFF0}-\u{1B2FF}\u{1D300}-\u{1D37F}\u{1F200}-\u{1F265}\u{20000}-\u{3FFFD}\u{E0100}-\u{E01EF}]--\p{Emoji_Presentation}]/v;

/** Matches a character of a script without spaces between words: `cjk` without Hangul. */
export const unspacedScripts = new RegExp(`[${cjk.source}--\\p{Script=Hangul}]`, "v");
