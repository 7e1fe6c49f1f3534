import type { AdminStrings } from "../ui/strings/admin.ts";

/** Renders the list of keyboard shortcuts and the button that opens it, which the script shows. */
export const Shortcuts = ({ strings }: { strings: AdminStrings }) => (
	<>
		<button type="button" class="shortcuts-button" popovertarget="shortcuts" hidden>
			{strings.keyboard}
		</button>
		<div id="shortcuts" popover="auto">
			<p>{strings.keyHelp}</p>
		</div>
	</>
);
