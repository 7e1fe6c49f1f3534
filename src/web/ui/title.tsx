import type { Page, Post } from "../../posts/post.ts";

/** Renders a title with line breaks between phrases only, for languages without spaces. */
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
