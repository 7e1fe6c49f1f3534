import type { Words } from "./en.ts";

/** What mails and messages say, in Japanese. */
export const ja: Words = {
	published: (name, title) => `${name}さんが「${title}」にコメントしました`,
	waiting: (name, title) => `「${title}」への${name}さんのコメントが承認を待っています`,
	severalForOwner: (count, site) => `${site}にコメントが${count}件あります`,
	severalForReader: (count, site) => `${site}に新しいコメントが${count}件あります`,
	replied: (name, parent, title) => `「${title}」で${name}さんが${parent}さんに返信しました`,
	inReplyTo: (name) => `${name}さんへの返信`,
	andMore: (count) => `……ほか${count}件`,
	readOn: "サイトで読む",
	approve: "承認する",
	markSpam: "スパムにする",
	remove: "削除する",
	toPost: "記事を開く",
	ownerFooter: (site) => `このメールは「${site}」の運営者にお送りしています。`,
	readerFooter: (site) => `このメールは、「${site}」からのお知らせを希望された方にお送りしています。`,
	end: "このお知らせを止める",
	confirmSubject: (title) => `「${title}」へのコメントのお知らせを希望されますか`,
	askedThread: (title, site) =>
		`「${site}」の記事「${title}」に新しいコメントが付いたら、このアドレスに知らせてほしいという希望を受け取りました。お心当たりがあれば、下のアドレスを開いて確認してください。2日間有効です。`,
	askedReplies: (title, site) =>
		`「${site}」の記事「${title}」に書いたコメントに返信が付いたら、このアドレスに知らせてほしいという希望を受け取りました。お心当たりがあれば、下のアドレスを開いて確認してください。2日間有効です。`,
	confirm: "お知らせを希望する",
	ignore:
		"お心当たりがなければ、何もなさらないでください。これ以上は届かず、このアドレスは1週間で消去されます。",
};
