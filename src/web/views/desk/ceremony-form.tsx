import type { Child } from "hono/jsx";
import type { DeskStrings } from "../../strings/desk.ts";

/** A form that its script fills with a passkey before it is sent. */
export const CeremonyForm = (props: {
	strings: DeskStrings;
	ceremony: "enrol" | "sign-in";
	action: string;
	/** Options for the browser, as JSON. */
	options: string;
	ticket: string;
	/** Whether the form is the page's main matter. */
	primary?: boolean;
	button: string;
	children?: Child;
}) => {
	const { strings } = props;
	return (
		<form
			class="ceremony"
			method="post"
			action={props.action}
			data-ceremony={props.ceremony}
			data-options={props.options}
		>
			<input type="hidden" name="ticket" value={props.ticket} />
			<input type="hidden" name="credential" />
			{props.children}
			<p class="error ceremony-trouble" role="alert" hidden>
				{strings.ceremonyTrouble}
			</p>
			<p class="buttons">
				<button type="submit" class={props.primary ? "primary" : undefined}>
					{props.button}
				</button>
			</p>
			<noscript>
				<p class="notice">{strings.needsScript}</p>
			</noscript>
		</form>
	);
};
