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
	verifySubject: (site) => `このアドレスはご本人のものですか（${site}）`,
	verifyLead: (site) =>
		`このアドレスの持ち主であることを示すリンクを送ってほしいという希望を「${site}」で受け取りました。お心当たりがあれば、申し込んだときのブラウザーで下のアドレスを開いてください。何が行われるかは、先にその画面で説明します。30分間有効で、一度だけ使えます。`,
	verify: "このアドレスの持ち主であることを示す",
	verifyIgnore:
		"お心当たりがなければ、何もなさらないでください。これ以上は届かず、このアドレスは1時間以内に消去されます。",
	receiptSubject: (title) => `「${title}」へのコメントについて`,
	receiptLead: (title, site) =>
		`「${site}」の記事「${title}」に、このアドレスを添えたコメントが投稿されました。`,
	receiptWaiting: "コメントは承認待ちです。承認されるまで、ほかの人には表示されません。",
	change: "コメントを編集・削除する",
	changeHint: "このリンクを知っている人は誰でも編集や削除ができます。ほかの人には教えないでください。",
	receiptAsked:
		"返信が付いたらこのアドレスに知らせてほしいという希望も受け取りました。ご希望であれば、下のアドレスを開いて確認してください。2日間有効です。",
	receiptFooter: (site) =>
		`このメールは、コメントにこのアドレスが添えられていたため、一度だけお送りしています。お申し込みがないかぎり、このコメントについて「${site}」からほかのメールは届きません。`,
};
