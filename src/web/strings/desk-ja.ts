import type { deskEn } from "./desk-en.ts";
import type { Catalogue } from "./message.ts";

/** The desk in Japanese. */
export const deskJa: Catalogue<typeof deskEn> = {
	desk: "編集室",
	deskNavigation: "編集室",
	signOut: "ログアウト",
	signedInAs: "{name}としてログイン中",
	toTheBlog: "ブログへ",
	role_owner: "オーナー",
	role_moderator: "モデレーター",

	signIn: "ログイン",
	signInLead: "この端末に登録したパスキー、またはスマートフォンのパスキーでログインしてください。",
	signInButton: "パスキーでログイン",
	noPasskey:
		"パスキーがまだない、またはなくした場合は、ブログの運営者に登録用リンクを作ってもらってください（npm run invite）。",
	needsScript:
		"パスキーはブラウザーの機能で、スクリプトからしか呼び出せません。このページのスクリプトを許可してください。編集室そのものはスクリプトなしで使えます。",
	ceremonyTrouble: "パスキーを受け取れませんでした。何も変わっていません。もう一度お試しください。",
	signInFailed:
		"このブログのパスキーと確認できなかったか、ページを開いてから時間がたちすぎました。もう一度お試しください。",
	tooManyAttempts: "同じネットワークからの試行が多すぎます。1分ほど待ってから、もう一度お試しください。",
	refusedHere:
		"このサイトから送られたことを確認できませんでした。前のページに戻って再読み込みし、もう一度お試しください。",
	ownersOnly: "これはオーナーだけができる操作です。",
	membersOnly: "先に /admin/sign-in でログインしてください。",
	deskClosedTitle: "編集室は閉まっています",
	deskClosed:
		"ログインに必要なものがこのデプロイにありません：{missing}。npm run deploy が作成します。または wrangler secret put で設定してください。いずれも32文字以上が必要です。",
	deskUnready:
		"データベースがまだないか、更新されていません。先に npm run deploy（手元では npm start）を実行してください。",
	deskDown: "いまデータベースが応答しません。少し待って、もう一度お試しください。",
	accessUnknown:
		"Cloudflare Access は通過しましたが、ACCESS_OWNERS にも ACCESS_MODERATORS にもあなたのアドレスがありません。",

	enrol: "ようこそ、{name}さん",
	enrolLead_owner:
		"オーナーとして編集室に招待されました。パスキーは端末に残り、ブログが受け取るのは公開鍵だけです。",
	enrolLead_moderator:
		"モデレーターとして編集室に招待されました。パスキーは端末に残り、ブログが受け取るのは公開鍵だけです。",
	enrolButton: "パスキーを作る",
	enrolFailed:
		"パスキーを登録できませんでした。ページを開いてから時間がたちすぎたか、すでに登録されています。もう一度お試しください。",
	invitationVoid: "この招待は使えません",
	invitationVoidText:
		"すでに使われたか、1日以上たったか、新しい招待に置き換えられました。もう一度作ってもらってください（npm run invite）。",

	account: "アカウント",
	passkeys: "パスキー",
	passkeyAdded: "{date}登録",
	passkeyUsed: "最後に使った日：{date}",
	passkeyUnused: "未使用",
	addPasskey: "別の端末のパスキーを追加",
	remove: "削除",
	lastPasskey: "最後のパスキーは削除できません。戻れなくなってしまいます。",
	sessions: "ログイン中の端末",
	sessionSince: "{date}から、最終利用{seen}",
	thisSession: "このブラウザー",
	endSession: "ログアウトさせる",
	endOthers: "ほかの端末をすべてログアウト",
	byAccess: "Cloudflare Access でログインしています。パスキーとセッションは Access が管理します。",

	team: "メンバー",
	teamSessions: { other: "{count}台でログイン中" },
	makeOwner: "オーナーにする",
	makeModerator: "モデレーターにする",
	removeMember: "外す",
	lastOwner: "最後のオーナーは外したりモデレーターにしたりできません。先にほかの人をオーナーにしてください。",
	invite: "招待する",
	inviteHint:
		"すでにいる人の名前を書くと、新しいパスキーを登録でき、ほかの端末はすべてログアウトします。パスキーをなくした人が戻るための方法です。",
	memberName: "名前",
	memberNameWrong: "名前は60文字以内で書いてください。",
	memberRole: "役割",
	makeInvitation: "リンクを作る",
	invitationMade: "{name}さんへのリンク",
	invitationMadeText: "使えるのは一度だけ、1日以内です。{name}さんだけが読める方法で渡してください。",

	unknownDevice: "不明なブラウザー",
	never: "なし",
};
