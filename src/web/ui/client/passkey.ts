import { startAuthentication, startRegistration } from "@simplewebauthn/browser";

/**
 * Runs the WebAuthn ceremony of a form before it is sent, since only a script can request a passkey. The form carries the
 * options in `data-options` and is submitted once its `credential` field is filled.
 */
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ceremony]")) {
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const errorMessage = form.querySelector<HTMLElement>(".passkey-error");
		errorMessage?.setAttribute("hidden", "");
		try {
			const optionsJSON = JSON.parse(form.dataset.options ?? "");
			const credential =
				form.dataset.ceremony === "enrol"
					? await startRegistration({ optionsJSON })
					: await startAuthentication({ optionsJSON });
			const field = form.elements.namedItem("credential");
			if (field instanceof HTMLInputElement) field.value = JSON.stringify(credential);
			form.submit();
		} catch (error) {
			// Dismissed, timed out, or no passkey on this device: the form can be sent again.
			console.warn(error);
			errorMessage?.removeAttribute("hidden");
		}
	});
}
