import type { Page, Post } from "../../posts/post.ts";

/** A title that may be broken between its phrases and nowhere else, in languages that have no spaces for it. */
export const Title = ({ entry }: { entry: Post | Page }) => {
	if (entry.phrases.length === 0) return <>{entry.title}</>;
	return (
		<>
			{entry.phrases.map((phrase, index) => (
				<>
					{index > 0 && <wbr />}
					{phrase}
				</>
			))}
		</>
	);
};
