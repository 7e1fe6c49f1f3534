import type { Child } from "hono/jsx";
import type { AdminStrings } from "../ui/strings/admin.ts";

/** Renders a form that its script fills with a passkey credential before it is sent. */
export const PasskeyForm = (props: {
	strings: AdminStrings;
	ceremony: "enrol" | "sign-in";
	action: string;
	/** Options for the browser, as JSON. */
	options: string;
	challengeToken: string;
	/** Whether its button is the page's primary action. */
	primary?: boolean;
	button: string;
	children?: Child;
}) => {
	const { strings } = props;
	return (
		<form
			class="passkey-form"
			method="post"
			action={props.action}
			data-ceremony={props.ceremony}
			data-options={props.options}
		>
			<input type="hidden" name="challengeToken" value={props.challengeToken} />
			<input type="hidden" name="credential" />
			{props.children}
			<p class="error passkey-error" role="alert" hidden>
				{strings.passkeyNotProvided}
			</p>
			<p class="buttons">
				<button type="submit" class={props.primary ? "primary" : undefined}>
					{props.button}
				</button>
			</p>
			<noscript>
				<p class="notice">{strings.passkeyNeedsScript}</p>
			</noscript>
		</form>
	);
};
