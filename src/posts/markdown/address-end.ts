import { cjk } from "./cjk.ts";

/** Ends an address wherever it stands: space, `<`, wide punctuation, quotation marks, an ellipsis or an em dash. */
const stop = new RegExp(`[\\s<“”„«»‹›…—[${cjk.source}&&[\\p{P}--[・]]]]`, "v");

/** Punctuation that belongs to an address only between its characters: `Michelson–Morley`, `it’s`. */
const trailing = /[\p{P}--\p{ASCII}]+$/v;

/** Kana and hangul that go on with the sentence instead of the address. */
const particle = "[をはがのにでともへや]";
const goesOn = new RegExp(`^(?:を|です|では|には|とは|へは|って|という|${particle}\\p{sc=Han})`, "u");
const predicate = /(?:ください|下さい|ます|ません|です|した|たい|でしょう)(?:か|ね|よ|が|ので|けど)?[.!?]*$/u;
const hangulParticle =
	/^(?:을|를|은|는|이|가|의|와|과|도|만|로|으로|에|에서|에는|에도|까지|부터|처럼|보다|라고|이라고|입니다|이다|예요|이에요)[.,!?]*$/u;
const hangulEnding = /(?:를|에서|에는|에도|입니다)[.,!?]*$/u;

/** The beginning of a tail up to its first kana or hangul, if a particle follows it: 猫 of 猫を見て. */
const beforeParticle = new RegExp(`^[[^\\s]--[\\p{sc=Hira}\\p{sc=Hang}]]+(?=${particle}|$)`, "v");

/**
 * Returns where a bare address ends. Letters of Chinese, Japanese or Korean belong to it (an IRI, RFC 3987) when it is a
 * word of its own, between spaces, brackets or line ends; in running text, which has no spaces, kana and hangul that go on
 * with the sentence do not. `afterLetter` tells whether such a letter precedes it.
 */
export function addressEnd(source: string, scheme: string, afterLetter: boolean): number {
	const stopped = source.search(stop);
	const run = stopped < 0 ? source : source.slice(0, stopped);
	const next = stopped < 0 ? "" : source.charAt(stopped);
	const hostEnd = hostEndOf(run, scheme.length);
	const rest = run.slice(hostEnd);
	const wideAt = /^[/?#:]/.test(rest) ? rest.search(cjk) : -1;
	const isPath = /^[/?#:]/.test(rest);
	if (!isPath) return hostEnd;
	if (wideAt < 0) return trimmed(run);
	const before = run.slice(0, hostEnd + wideAt);
	return trimmed(
		before + rest.slice(wideAt, wideAt + tailEnd(rest.slice(wideAt), before, next, afterLetter)),
	);
}

/** Returns the end of a host name, which ends before CJK letters that follow ASCII in one label: `example.comを`. */
function hostEndOf(run: string, start: number): number {
	const [host = ""] = /^[[\p{L}\p{N}\p{M}\p{ASCII}]--[\/?#]]+/v.exec(run.slice(start)) ?? [];
	const mixed = new RegExp(`(?<=(?:^|\\.)[A-Za-z\\d\\-]+)${cjk.source}`, "v").exec(host);
	return start + (mixed?.index ?? host.length);
}

function tailEnd(tail: string, before: string, next: string, afterLetter: boolean): number {
	if (/[.,;:!]$/.test(before) || goesOn.test(tail) || hangulParticle.test(tail)) return 0;
	const isWord = next === "" || /[\s<」』）】〉》〕］｝”»›]/.test(next);
	const hasKana = /\p{sc=Hira}/u.test(tail);
	if (!afterLetter && (isWord || !hasKana) && !predicate.test(tail))
		return tail.search(hangulEnding) > 0 ? tail.search(hangulEnding) : tail.length;
	if (/\s/.test(next) && !hasKana) return tail.length;
	// In running text a page below a folder may be named in kanji; what follows the host or its first slash is the sentence.
	const isBelow = /\/\/[^/]+\/[^/]+\//.test(before) || /[=#_-]$/.test(before);
	return isBelow ? (beforeParticle.exec(tail)?.[0].length ?? 0) : 0;
}

function trimmed(address: string): number {
	return address.replace(trailing, "").length;
}
