import { stringsFor } from "./strings/strings.ts";

/** Renders the mark of a verified name, explained in its `title`. */
export const VerifiedMark = ({ lang }: { lang: string }) => {
	const { verified, verifiedMeaning } = stringsFor(lang);
	return (
		<>
			{" "}
			<small class="verified" title={verifiedMeaning}>
				{verified}
			</small>
		</>
	);
};
