import type { Words } from "./en.ts";

/** What mails and messages say, in Japanese. */
export const ja: Words = {
	published: (name, title) => `${name}さんが「${title}」にコメントしました`,
	waiting: (name, title) => `「${title}」への${name}さんのコメントが承認を待っています`,
	severalForOwner: (count, site) => `${site}にコメントが${count}件あります`,
	inReplyTo: (name) => `${name}さんへの返信`,
	andMore: (count) => `……ほか${count}件`,
	readOn: "サイトで読む",
	approve: "承認する",
	markSpam: "スパムにする",
	remove: "削除する",
	toPost: "記事を開く",
	ownerFooter: (site) => `このメールは「${site}」の運営者にお送りしています。`,
};
