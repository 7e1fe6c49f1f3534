import type { Child } from "hono/jsx";

/** A message whose `{places}` are filled with markup. */
export const Message = (props: { text: string; values: Readonly<Record<string, Child>> }) => (
	<>{props.text.split(/\{(\w+)\}/).map((part, at) => (at % 2 === 0 ? part : props.values[part]))}</>
);

/** Items joined as a language joins them. */
export const Joined = (props: { items: readonly Child[]; separator: string }) => (
	<>{props.items.flatMap((item, at) => (at === 0 ? [item] : [props.separator, item]))}</>
);

/** Sets two things apart on a line, and hangs unseen where the line ends between them. */
export const emSpace = "\u2003";
