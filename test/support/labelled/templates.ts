/** The values for placeholders in templates. */
export const places: Readonly<Record<string, readonly string[]>> = {
	host: ["win-big", "top-shop", "go-fast", "cash-now", "vip-club", "deal-hunt"].map(
		(name) => `https://${name}.example`,
	),
	sum: ["$300", "$1,200", "$4,500", "$9,000", "$250", "$7,700"],
	percent: ["50%", "70%", "90%", "150%", "35%", "60%"],
	円: ["5万円", "20万円", "50万円", "100万円", "30万円", "8万円"],
	pill: ["viagra", "cialis", "modafinil", "tramadol", "xanax", "levitra"],
	game: ["slots", "roulette", "blackjack", "poker", "baccarat", "bingo"],
	brand: ["Gucci", "Rolex", "Prada", "Chanel", "Omega", "Hermes"],
	ブランド: ["グッチ", "ロレックス", "プラダ", "シャネル", "オメガ", "エルメス"],
	遊び: ["スロット", "ルーレット", "バカラ", "ポーカー", "ブラックジャック", "ビンゴ"],
	thing: ["cache", "build", "theme", "feed", "search", "comment form"],
	もの: ["キャッシュ", "ビルド", "テーマ", "フィード", "検索", "コメント欄"],
	place: ["Osaka", "Nairobi", "Lyon", "Quito", "Tromsø", "Perth"],
	町: ["大阪", "長崎", "札幌", "金沢", "那覇", "仙台"],
	animal: ["cat", "dog", "parrot", "rabbit", "hamster", "hen"],
	動物: ["猫", "犬", "うさぎ", "文鳥", "亀", "ハムスター"],
	time: ["yesterday", "last week", "in March", "this morning", "on Sunday", "two years ago"],
	とき: ["昨日", "先週", "三月に", "今朝", "日曜に", "二年前に"],
};

type Pair = readonly [training: string, heldOut: string];

/** Templates with placeholders, two per subject: one for training, one held out for testing. */
export const templates: { approved: readonly Pair[]; spam: readonly Pair[] } = {
	approved: [
		[
			"I changed the {thing} as you describe and it worked {time}.",
			"Your advice about the {thing} was right; I tried it {time}.",
		],
		[
			"Greetings from {place}, where my {animal} sleeps on the router.",
			"We have a {animal} in our office in {place} and it hates keyboards.",
		],
		[
			"Why does the {thing} need two requests? One should do.",
			"Is it on purpose that the {thing} asks the server twice?",
		],
		[
			"I read this {time} and have been thinking about it since.",
			"Came back to this post {time}; it reads differently now.",
		],
		[
			"The {thing} example fails for me with a type error on the third line.",
			"On my machine the {thing} sample throws as soon as the array is empty.",
		],
		[
			"My notes on the {thing} are at {host}/notes, in case they help anyone.",
			"For comparison, here is how another project does its {thing}: {host}/doc",
		],
		["Please keep writing about {place}. I grew up there.", "Your pictures of {place} made me homesick."],
		[
			"{もの}の設定を書いてあるとおりに変えたら、{とき}動きました。",
			"{とき}{もの}のところを試してみました。うまくいきました。",
		],
		[
			"{町}から読んでいます。うちの{動物}も画面を見ています。",
			"{動物}と{町}で暮らしています。更新が楽しみです。",
		],
		[
			"{もの}はどうして二回問い合わせるのでしょうか。",
			"{もの}の動きがよくわからないのですが、順番は決まっていますか。",
		],
		["{とき}読んで、ずっと考えていました。", "{とき}読み返したら、前とは違う感想になりました。"],
		[
			"{もの}の例が三行目で型エラーになります。",
			"うちの環境では{もの}の見本が動きませんでした。原因を調べています。",
		],
		[
			"{町}の写真、なつかしいです。子どものころ住んでいました。",
			"{町}には坂の多い道がありますね。散歩の記事をまた読みたいです。",
		],
	],
	spam: [
		[
			"Win {sum} today playing {game} at our online casino, bonus {percent} {host}",
			"Real money {game} with {percent} first deposit bonus, join {host}",
		],
		[
			"Buy {pill} online cheap, no prescription {host}",
			"Discount {pill} tablets shipped overnight, order at {host}",
		],
		[
			"I make {sum} a week from home with this system, start here {host}",
			"Turn {sum} into a daily income, our program works on its own {host}",
		],
		[
			"{brand} replica bags and watches {percent} off {host}",
			"Authentic looking {brand} outlet sale, {percent} discount, ship worldwide {host}",
		],
		[
			"Get {sum} loan without credit check in minutes {host}",
			"Fast cash up to {sum}, everybody approved, apply {host}",
		],
		[
			"Rank first on Google, backlinks package {sum} {host}",
			"Cheap SEO traffic and guest posts for {sum}, visit {host}",
		],
		[
			"Our bitcoin traders guarantee {percent} profit, send {sum} to start, WhatsApp us",
			"Crypto investment returned {sum} in days, {percent} weekly profit, contact on Telegram",
		],
		[
			"{遊び}で{円}当たる人気オンラインカジノ、登録ボーナス進呈 {host}",
			"入金不要で{遊び}が遊べるカジノ、{円}獲得のチャンス {host}",
		],
		[
			"スマホの副業で月収{円}、今すぐ無料登録 {host}",
			"未経験でも在宅で{円}稼げます。LINEで無料説明中 {host}",
		],
		[
			"{ブランド}のスーパーコピー激安通販、送料無料 {host}",
			"{ブランド}最高級コピー、国内発送、{percent}オフで販売中 {host}",
		],
		["審査なしで{円}即日融資いたします {host}", "お金にお困りの方、{円}まで最短で振込、ブラックOK {host}"],
		[
			"ビットコインの自動売買で{円}儲かりました。無料ツールはこちら {host}",
			"仮想通貨投資で資産{円}、必ず儲かる方法を限定公開 {host}",
		],
		["被リンク販売、検索一位保証、{円}から {host}", "格安SEO対策、上位表示を{円}でお約束します {host}"],
	],
};
