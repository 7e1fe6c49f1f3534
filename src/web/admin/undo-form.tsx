import type { Child } from "hono/jsx";

/** Renders a form that undoes an operation and returns to `back`; its button is passed as a child. */
export const UndoForm = (props: { operation: string; back: string; class?: string; children: Child }) => (
	<form method="post" action="/admin/undo" class={props.class}>
		<input type="hidden" name="operation" value={props.operation} />
		<input type="hidden" name="back" value={props.back} />
		{props.children}
	</form>
);
