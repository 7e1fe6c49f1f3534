import type { Child } from "hono/jsx";

/** The way to take back all of an act, and to return to where it was pressed; its button comes as a child. */
export const UndoForm = (props: { act: string; back: string; class?: string; children: Child }) => (
	<form method="post" action="/admin/undo" class={props.class}>
		<input type="hidden" name="act" value={props.act} />
		<input type="hidden" name="back" value={props.back} />
		{props.children}
	</form>
);
