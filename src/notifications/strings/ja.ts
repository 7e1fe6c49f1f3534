import type { MailStrings } from "./en.ts";

/** Strings of mails and messages in Japanese. */
export const ja: MailStrings = {
	published: (name, title) => `${name}さんが「${title}」にコメントしました`,
	waiting: (name, title) => `「${title}」への${name}さんのコメントが承認を待っています`,
	severalForOwner: (count, site) => `${site}にコメントが${count}件あります`,
	severalForReader: (count, site) => `${site}に新しいコメントが${count}件あります`,
	replied: (name, parent, title) => `「${title}」で${name}さんが${parent}さんに返信しました`,
	inReplyTo: (name) => `${name}さんへの返信`,
	andMore: (count) => `……ほか${count}件`,
	viewOnSite: "サイトで見る",
	approve: "承認",
	markSpam: "スパムにする",
	remove: "削除",
	viewPost: "記事を見る",
	ownerFooter: (site) => `このメールは「${site}」の運営者にお送りしています。`,
	readerFooter: (site) => `このメールは「${site}」で購読を申し込まれた方にお送りしています。`,
	unsubscribe: "購読を解除",
	confirmSubject: (title) => `「${title}」の購読の確認`,
	commentsRequested: (title, site) =>
		`「${site}」で、記事「${title}」への新しいコメントをこのアドレスにお知らせする申し込みを受け付けました。お心当たりがある場合は、2日以内に下のリンクを開いて確認してください。`,
	repliesRequested: (title, site) =>
		`「${site}」で、記事「${title}」に書かれたコメントへの返信をこのアドレスにお知らせする申し込みを受け付けました。お心当たりがある場合は、2日以内に下のリンクを開いて確認してください。`,
	confirm: "購読を確認",
	ignore:
		"お心当たりがない場合は、このメールを無視してください。これ以上メールは届かず、このアドレスは1週間後に削除されます。",
	verifySubject: (site) => `メールアドレスの確認（${site}）`,
	verifyLead: (site) =>
		`「${site}」で、このアドレスを確認するリンクの申し込みを受け付けました。お心当たりがある場合は、申し込んだときのブラウザーで下のリンクを開いてください。何が行われるかは、事前にその画面で説明します。リンクは30分以内に一度だけ使えます。`,
	verify: "アドレスを確認",
	verifyIgnore:
		"お心当たりがない場合は、このメールを無視してください。これ以上メールは届かず、このアドレスは1時間以内に削除されます。",
	approvedSubject: (title) => `「${title}」へのコメントが承認されました`,
	approvedLead: (title) => `「${title}」に投稿されたコメントが承認され、公開されました。`,
	receiptSubject: (title) => `「${title}」へのコメントについて`,
	receiptLead: (title, site) =>
		`「${site}」の記事「${title}」に、このアドレスを添えたコメントが投稿されました。`,
	receiptWaiting: "コメントは承認待ちです。承認されるまで、ほかの人には表示されません。",
	editComment: "コメントを編集・削除",
	editCommentHint: "このリンクを知っている人は誰でも編集や削除ができます。ほかの人には教えないでください。",
	receiptRepliesRequested:
		"返信をこのアドレスにお知らせする申し込みも受け付けました。ご希望の場合は、2日以内に下のリンクを開いて確認してください。",
	receiptFooter: (site) =>
		`このメールは、コメントにこのアドレスが添えられていたため、一度だけお送りしています。お申し込みがないかぎり、このコメントについて「${site}」からほかのメールは届きません。`,
	viewOverview: "概要を見る",
	warning: {
		notices: "通知を送信できません",
		cron: "定期実行が停止しています",
		database_size: "データベースの空きが残りわずかです",
		requests: "1日のリクエスト数の80%を使いました",
		rows_read: "1日に読み取れるデータベースの行数の80%を使いました",
		rows_written: "1日に書き込めるデータベースの行数の80%を使いました",
		errors: "10分以内に多数のエラーが発生しました",
		spam: "10分以内に多数のスパムまたは承認待ちのコメントが届きました",
	},
	warningOver: {
		notices: "通知を再び送信できるようになりました",
		cron: "定期実行が再開しました",
		database_size: "データベースに空きができました",
		requests: "リクエスト数の上限に余裕ができました",
		rows_read: "読み取り行数の上限に余裕ができました",
		rows_written: "書き込み行数の上限に余裕ができました",
		errors: "エラーは収まりました",
		spam: "スパムや承認待ちのコメントの急増は収まりました",
	},
};
