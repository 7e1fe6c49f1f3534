import { finding, type Rule } from "../rule.ts";

/** Holds every comment and edit while commenting on the whole blog is paused. */
export const paused: Rule = ({ evidence }) => (evidence.paused ? finding("paused", "hold") : null);
