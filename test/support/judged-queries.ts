/** A query and the slugs of the posts a reader would expect, the best ones; written before the ranking was tuned. */
export type JudgedQuery = readonly [query: string, expected: readonly string[]];

/** Queries of the sample content, half of them in Japanese. */
export const sampleQueries: readonly JudgedQuery[] = [
	["cold start", ["small-rooms"]],
	["cold starts and isolates", ["small-rooms"]],
	["isolate", ["small-rooms"]],
	["serverless", ["serverless-fifteen-years-on", "small-rooms"]],
	["serverles", ["serverless-fifteen-years-on", "small-rooms"]],
	["SQLite", ["sqlite-far-from-home", "serverless-fifteen-years-on"]],
	["sqlite database at the edge", ["sqlite-far-from-home"]],
	["cache invalidation", ["purging-by-tag"]],
	["purge", ["purging-by-tag"]],
	["cache tag", ["purging-by-tag"]],
	["round trip", ["light-in-fibre", "sqlite-far-from-home", "small-rooms", "serverless-fifteen-years-on"]],
	["speed of light in fiber", ["light-in-fibre"]],
	["kilometers per second", ["light-in-fibre"]],
	["incident checklist", ["a-card-for-the-bad-night"]],
	["restarting everything", ["a-card-for-the-bad-night"]],
	["Tom Reyes", ["a-card-for-the-bad-night", "sqlite-far-from-home", "small-rooms", "light-in-fibre"]],
	["how do comments work", ["how-comments-work"]],
	["front matter", ["writing-your-first-post", "moving", "writing-guide"]],
	["aliases", ["writing-your-first-post", "moving", "はじめての記事"]],
	['"two hard things"', ["purging-by-tag"]],
	["npm start", ["two-commands", "はじめての記事"]],
	["PERSIST_TO", ["two-commands"]],
	["leave with everything", ["moving"]],
	["footnotes", ["writing-guide"]],
	["passport", ["how-comments-work"]],
	["refractive index", ["light-in-fibre"]],
	["tag:SQLite", ["sqlite-far-from-home"]],
	["writting", ["writing-guide", "writing-your-first-post"]],
	["猫", ["雲と猫"]],
	["雲", ["雲と猫"]],
	["キャッシュ", ["cache"]],
	["ｷｬｯｼｭ", ["cache"]],
	["きゃっしゅ", ["cache"]],
	["結果整合性", ["eventual-consistency"]],
	["結果整合性とは", ["eventual-consistency"]],
	["冪等", ["idempotency"]],
	["冪等性", ["idempotency"]],
	["店主に話す", ["cache", "idempotency", "eventual-consistency"]],
	["店主に話すキャッシュ", ["cache"]],
	["商店街の分散システム", ["cache", "idempotency", "eventual-consistency"]],
	["和菓子屋", ["cache", "idempotency", "eventual-consistency"]],
	["光の速さ", ["光の速さ"]],
	["光ファイバー", ["光の速さ"]],
	["屈折率", ["光の速さ"]],
	["図書館", ["harbour-library"]],
	["司書", ["harbour-library"]],
	["サーバーの番", ["harbour-library"]],
	["日本語組版", ["和文の呼吸", "shelf"]],
	["行頭の句点", ["和文の呼吸", "shelf"]],
	["ベタ組み", ["和文の呼吸"]],
	["字形", ["和文の呼吸"]],
	["読む道と書く道", ["two-roads"]],
	["設計ノート", ["two-roads"]],
	["対訳", ["two-roads"]],
	["豆大福", ["eventual-consistency"]],
	["帳面", ["eventual-consistency"]],
	["電話注文", ["idempotency"]],
	["黒板の写し", ["cache"]],
	["記事の書き方", ["はじめての記事"]],
	["はじめての記事", ["はじめての記事"]],
	["下書き", ["はじめての記事"]],
	["スラッグ", ["はじめての記事"]],
	['"一秒に二十万キロ"', ["光の速さ"]],
	["ＨＴＴＰのキャッシュ", ["cache", "shelf"]],
	["温度計", ["雲と猫"]],
	["配信網", ["雲と猫"]],
];

/** Words that make the posts of the generated corpus. Each pair is planted in one post as it is, in others apart. */
const pairs = [
	["copper lantern", "銅の灯籠"],
	["winter orchard", "冬の果樹園"],
	["paper compass", "紙の羅針盤"],
	["silent foundry", "静かな鋳物工場"],
	["borrowed ladder", "借りた梯子"],
	["northern ferry", "北へ行く連絡船"],
	["broken barometer", "壊れた気圧計"],
	["glass violin", "ガラスのバイオリン"],
	["salted caramel", "塩味のキャラメル"],
	["railway timetable", "鉄道の時刻表"],
] as const;

/** The number of decoys of each pair. */
const decoys = 3;

/** Queries of the generated corpus: the words, an inflected or otherwise written form, one with a letter wrong, a phrase. */
export const generatedQueries: readonly JudgedQuery[] = pairs.flatMap(
	([english, japanese], at): JudgedQuery[] => {
		const [first = "", second = ""] = english.split(" ");
		const wrong = `${second.slice(0, 3)}${second.slice(4)}`;
		return [
			[english, [`en-${at}`]],
			[`${first.toUpperCase()} ${second}s`, [`en-${at}`]],
			[`${first} ${wrong}`, [`en-${at}`]],
			[`"${english}"`, [`en-${at}`]],
			[japanese, [`ja-${at}`]],
			[toHalfWidth(japanese), [`ja-${at}`]],
			[toHiragana(japanese), [`ja-${at}`]],
			[`"${japanese}"`, [`ja-${at}`]],
		];
	},
);

/** Posts of the generated corpus, with decoys that have the same words apart from each other, or more often. */
export function generatedPosts(): { slug: string; title: string; lang: string; text: string }[] {
	const english = (at: number) =>
		Array.from({ length: 60 }, (_, n) => fillers[(at * 31 + n * n * 7) % fillers.length]).join(" ");
	const japanese = (at: number) =>
		Array.from({ length: 40 }, (_, n) => kanaFillers[(at * 17 + n * n * 5) % kanaFillers.length]).join("");
	return pairs.flatMap(([pair, wide], at) => {
		const [first = "", second = ""] = pair.split(" ");
		const [before = "", after = ""] = wide.split(/の|な|た|へ行く/);
		const apart = Array.from({ length: decoys }, (_, n) => [
			{
				slug: `en-${at}-apart-${n}`,
				title: `Notes ${at} ${n}`,
				lang: "en",
				text: `${english(at + n)} ${first} ${english(n)} ${n === 0 ? second : ""} ${english(at)}`,
			},
			{
				slug: `ja-${at}-apart-${n}`,
				title: `雑記${at}${n}`,
				lang: "ja",
				text: `${japanese(at + n)}${before}${japanese(n)}${n === 0 ? after : ""}${japanese(at)}`,
			},
		]).flat();
		return [
			{
				slug: `en-${at}`,
				title: `Letter ${at}`,
				lang: "en",
				text: `${english(at)}. The ${pair} was there. ${english(at + 3)}`,
			},
			{
				slug: `ja-${at}`,
				title: `手紙${at}`,
				lang: "ja",
				text: `${japanese(at)}。そこに${wide}があった。${japanese(at + 3)}`,
			},
			...apart,
		];
	});
}

const fillers =
	"the of and a to in is was it for on harbour letter morning under table stone window seldom carried quiet paper boat year evening walked between small rain answer garden number street water kettle".split(
		" ",
	);
const kanaFillers =
	"は、 を見た。 朝の 海 と空 が続く。 手紙 を書く。 窓 から 雨 の音 机 の上 に置く。 小さな 庭 で待つ。 道 は遠い。 夜 になる。 水 を飲む。 紙 を折る。 声 がする。".split(
		" ",
	);

function toHalfWidth(text: string): string {
	const half: Record<string, string> = {
		ガ: "ｶﾞ",
		ラ: "ﾗ",
		ス: "ｽ",
		バ: "ﾊﾞ",
		イ: "ｲ",
		オ: "ｵ",
		リ: "ﾘ",
		ン: "ﾝ",
		キ: "ｷ",
		ャ: "ｬ",
		メ: "ﾒ",
		ル: "ﾙ",
	};
	return text.replace(/[ァ-ヶ]/g, (letter) => half[letter] ?? letter);
}

function toHiragana(text: string): string {
	return text.replace(/[ァ-ヶ]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60));
}
