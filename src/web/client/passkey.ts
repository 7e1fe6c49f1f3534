import { startAuthentication, startRegistration } from "@simplewebauthn/browser";

/**
 * Passkeys are the browser's own affair and only a script can ask for one: a form that wants one carries the options in
 * `data-options`, and is sent as any form is once its `credential` field is filled.
 */
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ceremony]")) {
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const trouble = form.querySelector<HTMLElement>(".ceremony-trouble");
		trouble?.setAttribute("hidden", "");
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
			// Dismissed, timed out, or no passkey here: the form is still there to be tried again.
			console.warn(error);
			trouble?.removeAttribute("hidden");
		}
	});
}
