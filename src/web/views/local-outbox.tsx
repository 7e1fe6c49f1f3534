import type { LocalMail } from "../../notifications/local-mails.ts";
import type { DeadDelivery } from "../../notifications/outbox.ts";
import type { Archive } from "../../posts/archive.ts";
import { stringsFor } from "../strings/strings.ts";
import { Layout } from "./layout.tsx";

type ListProps = { archive: Archive; mails: readonly LocalMail[]; dead: readonly DeadDelivery[] };

/** The mails a blog in development has kept, newest first, and the notices it gave up. */
export const LocalOutboxPage = ({ archive, mails, dead }: ListProps) => {
	const { language: lang } = archive.site;
	const strings = stringsFor(lang);
	return (
		<Layout archive={archive} meta={{ title: strings.outbox, lang, unindexed: true }}>
			<h1>{strings.outbox}</h1>
			<p>{mails.length === 0 ? strings.outboxEmpty : strings.outboxLead}</p>
			<ol>
				{mails.map((mail) => (
					<li>
						<a href={`/admin/outbox/${mail.id}`}>{mail.subject}</a> <bdi>{mail.to}</bdi>
					</li>
				))}
			</ol>
			{dead.length > 0 && (
				<>
					<h2>{strings.outboxDead}</h2>
					<ul>
						{dead.map(({ channel, commentId, attempts, why }) => (
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

/** One kept mail: its headers, and its text with the links it was sent with. */
export const LocalMailPage = ({ archive, mail }: { archive: Archive; mail: LocalMail }) => {
	const { language: lang } = archive.site;
	const strings = stringsFor(lang);
	const headers = { To: mail.to, Subject: mail.subject, ...mail.headers };
	return (
		<Layout archive={archive} meta={{ title: mail.subject, lang, unindexed: true }}>
			<h1>{mail.subject}</h1>
			<dl>
				{Object.entries(headers).map(([name, value]) => (
					<>
						<dt>{name}</dt>
						<dd>{value}</dd>
					</>
				))}
			</dl>
			<pre>{mail.text.split("\n").flatMap((line) => [liveLine(line), "\n"])}</pre>
			<p>
				<a href={`/admin/outbox/${mail.id}/html`}>{strings.outboxHtml}</a> ·{" "}
				<a href="/admin/outbox">{strings.outbox}</a>
			</p>
		</Layout>
	);
};

/** The mail's own links stand alone on their lines; anything else stays text, as in a mail program. */
function liveLine(line: string) {
	return /^https?:\/\/[\x21-\x7e]+$/.test(line) ? <a href={line}>{line}</a> : line;
}
