import type { Child } from "hono/jsx";

/** Renders a message with markup in the place of its `{placeholders}`. */
export const Message = (props: { text: string; values: Readonly<Record<string, Child>> }) => (
	<>{props.text.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 0 ? part : props.values[part]))}</>
);

/** Renders items with a language's separator between them. */
export const JoinedMessage = (props: { items: readonly Child[]; separator: string }) => (
	<>{props.items.flatMap((item, at) => (at === 0 ? [item] : [props.separator, item]))}</>
);

/** Separates two items on a line; invisible at a line break. */
export const emSpace = "\u2003";
