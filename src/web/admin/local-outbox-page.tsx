import type { LocalMail } from "../../notifications/local-mails.ts";
import type { FailedNotice } from "../../notifications/outbox.ts";
import type { Archive } from "../../posts/archive.ts";
import { Layout } from "../ui/layout.tsx";
import { stringsFor } from "../ui/strings/strings.ts";

type ListProps = { archive: Archive; mails: readonly LocalMail[]; failed: readonly FailedNotice[] };

/** Renders the mails stored in development, newest first, and the notices that could not be sent. */
export const LocalOutboxPage = ({ archive, mails, failed }: ListProps) => {
	const { language: lang } = archive.site;
	const strings = stringsFor(lang);
	return (
		<Layout archive={archive} meta={{ title: strings.outbox, lang, noindex: true }}>
			<h1>{strings.outbox}</h1>
			<p>{mails.length === 0 ? strings.outboxEmpty : strings.outboxLead}</p>
			<ol>
				{mails.map((mail) => (
					<li>
						<a href={`/admin/outbox/${mail.id}`}>{mail.subject}</a> <bdi>{mail.to}</bdi>
					</li>
				))}
			</ol>
			{failed.length > 0 && (
				<>
					<h2>{strings.outboxFailed}</h2>
					<ul>
						{failed.map(({ channel, commentId, attempts, failure: why }) => (
							<li>
								{channel} · {commentId} · {attempts} · {why}
							</li>
						))}
					</ul>
				</>
			)}
		</Layout>
	);
};

/** Renders one stored mail: its headers, and its text with working links. */
export const LocalMailPage = ({ archive, mail }: { archive: Archive; mail: LocalMail }) => {
	const { language: lang } = archive.site;
	const strings = stringsFor(lang);
	const headers = { To: mail.to, Subject: mail.subject, ...mail.headers };
	return (
		<Layout archive={archive} meta={{ title: mail.subject, lang, noindex: true }}>
			<h1>{mail.subject}</h1>
			<dl>
				{Object.entries(headers).map(([name, value]) => (
					<>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</>
				))}
			</dl>
			<pre dir="auto">{mail.text.split("\n").flatMap((line) => [linkedLine(line), "\n"])}</pre>
			<p>
				<a href={`/admin/outbox/${mail.id}/html`}>{strings.outboxHtml}</a> ·{" "}
				<a href="/admin/outbox">{strings.outbox}</a>
			</p>
		</Layout>
	);
};

/** Links a line that is nothing but an address, as mail programs do; other lines stay text. */
function linkedLine(line: string) {
	return /^https?:\/\/[\x21-\x7e]+$/.test(line) ? <a href={line}>{line}</a> : line;
}
