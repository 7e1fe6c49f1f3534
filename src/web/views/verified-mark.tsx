import { stringsFor } from "../strings/strings.ts";

/** Beside a name that nobody but its writer may take; what it means is in its title. */
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
