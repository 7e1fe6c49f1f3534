import { isSingleScript } from "../comments/confusables.ts";
import { parseDraft, parseName } from "../comments/draft.ts";
import { limits } from "../comments/limits.ts";

/** A value made to follow the blog's rules, and why it had to change; null if it did not. */
export type Repair<T> = { value: T; reason: string | null };

/** Makes a commenter's name follow the rules for names. */
export function repairName(name: string, anonymous: string): Repair<string> {
	const parsed = parseName(name);
	if ("name" in parsed) return { value: parsed.name, reason: null };
	if (parsed.error === "required" || parsed.error === "invisible")
		return { value: anonymous, reason: "has no name" };
	const short = [...name].slice(0, limits.name).join("");
	const cut = parseName(short);
	if ("name" in cut) return { value: cut.name, reason: "has a name that is too long; it was cut" };
	// A hyphen between letters of different alphabets shows that there are two.
	const split = parseName([...separateScripts(short)].slice(0, limits.name).join(""));
	return "name" in split
		? { value: split.name, reason: "has a name that mixes alphabets; they were separated by hyphens" }
		: { value: anonymous, reason: "has a name that mixes alphabets; it was replaced" };
}

/** Makes a website an address of http or https, or drops it. */
export function repairWebsite(website: string | null): Repair<string | null> {
	const written = (website ?? "").trim();
	if (written === "" || /^https?:\/\/$/i.test(written)) return { value: null, reason: null };
	for (const candidate of [written, `http://${written}`]) {
		const result = parseDraft({ name: "x", email: "", website: candidate, text: "x" });
		if ("draft" in result && URL.canParse(candidate)) return { value: candidate, reason: null };
	}
	return { value: null, reason: "has a website that is no web address; it was left out" };
}

/** Returns an e-mail address if it is one. */
export function validEmail(email: string | null): string | null {
	if (email === null || email.trim() === "") return null;
	const result = parseDraft({ name: "x", email, website: "", text: "x" });
	return "draft" in result ? result.draft.email : null;
}

function separateScripts(name: string): string {
	let result = "";
	let word = "";
	for (const character of name) {
		if (/[\s\p{P}\p{S}]/u.test(character)) word = "";
		else if (!isSingleScript(word + character)) {
			result += "-";
			word = character;
		} else word += character;
		result += character;
	}
	return result;
}
