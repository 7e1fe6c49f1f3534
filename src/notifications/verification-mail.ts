import type { Site } from "../posts/site.ts";
import { type ClaimSigner, linkPaths } from "./links.ts";
import { type Block, composeMail, type Mail } from "./mail.ts";
import type { AskedLink, Notice, Reader } from "./notice.ts";
import { wordsFor } from "./words/words.ts";

/** The mail with the link that shows an address to be one's own; it says nothing a stranger typed. */
export async function verificationMail(
	{ key, at }: Notice,
	reader: Reader,
	{ verification, lang, until }: AskedLink,
	site: Site,
	claims: ClaimSigner,
): Promise<Mail> {
	const words = wordsFor(lang);
	const token = await claims.sign({ may: "verify", verification }, until);
	const blocks: Block[] = [
		{ is: "paragraph", text: words.verifyLead(site.title) },
		{ is: "link", text: words.verify, url: site.url + linkPaths.verify(token) },
		{ is: "paragraph", text: words.verifyIgnore },
		{ is: "footer", text: site.title },
	];
	return composeMail({ key, at, to: reader.email, subject: words.verifySubject(site.title), blocks, lang });
}
