import { type AdminFrame, AdminLayout } from "./layout.tsx";
import { ResendForm } from "./resend-form.tsx";
import type { SubmittedForm } from "./submitted-form.ts";

/** Renders an error in the admin, with the form that could not be processed, to send it again. */
export const AdminErrorPage = (
	props: AdminFrame & { title: string; text: string; form: SubmittedForm | null },
) => {
	const { strings, text, form } = props;
	return (
		<AdminLayout {...props}>
			<p class="notice" role="alert">
				{text}
			</p>
			{form !== null && (
				<ResendForm form={form} lead={strings.resendLead} button={strings.resend} strings={strings} />
			)}
			<p>
				<a href="/admin">{strings.goToAdmin}</a>
			</p>
		</AdminLayout>
	);
};
