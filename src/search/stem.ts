import { stemmer } from "stemmer";

/**
 * Returns the stem of a folded word, the same for its English inflections and for British and American spelling. Words of
 * other languages and names with digits stay as they are.
 */
export function stem(word: string): string {
	const known = stems.get(word);
	if (known !== undefined) return known;
	const result = /^[a-z]{3,}$/.test(word) ? stemmer(toAmerican(word)) : word;
	if (stems.size >= maxStems) stems.clear();
	stems.set(word, result);
	return result;
}

/** Stems already computed, which are most of a text; limited, since it lives as long as the isolate. */
const stems = new Map<string, string>();
const maxStems = 20_000;

/** Spells a word as in American English: colour, organise, analyse, centre, catalogue, defence, travelled. */
function toAmerican(word: string): string {
	const found = irregular[word];
	if (found !== undefined) return found;
	return word
		.replace(/(?<=[a-z]{2})our(?=(?:s|ed|ing|ful|able|ite|less|hood)?$)/, "or")
		.replace(/(?<=[a-z]{3})is(?=(?:e|es|ed|ing|er|ers|ation|ations|able)$)/, "iz")
		.replace(/(?<=aly)s(?=(?:e|ed|es|ing|er|ers)$)/, "z")
		.replace(/(?<=[a-z](?:b|t))re(?=s?$)/, "er")
		.replace(/(?<=[a-z]log)ues?$/, "")
		.replace(/(?<=(?:def|off|lic|pret))enc(?=es?$)/, "ens")
		.replace(/ll(?=(?:ed|ing|er|ers)$)/, "l");
}

const irregular: Readonly<Record<string, string>> = {
	grey: "gray",
	greys: "gray",
	programme: "program",
	programmes: "program",
	cheque: "check",
	cheques: "check",
	practise: "practice",
	practised: "practiced",
	practising: "practicing",
	tyre: "tire",
	tyres: "tire",
	manoeuvre: "maneuver",
	fibre: "fiber",
	fibres: "fiber",
	aluminium: "aluminum",
	sceptical: "skeptical",
	fulfil: "fulfill",
	enrol: "enroll",
	skilful: "skillful",
	ageing: "aging",
	judgement: "judgment",
	jewellery: "jewelry",
};
