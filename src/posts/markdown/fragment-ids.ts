/** The ids of one page: each is given out once. */
export type FragmentIds = {
	/** Returns an id that nothing else on the page has: the one asked for, or else that with a number. */
	take(wanted: string): string;
	/** Takes an id that cannot change; false if something else has it. */
	takeExactly(id: string): boolean;
};

/** Creates the register of a page; the ids of what is around the text are taken. */
export function createFragmentIds(): FragmentIds {
	const taken = new Set(pageIds);
	const counts = new Map<string, number>();
	const isTaken = (id: string) => taken.has(id) || commentId.test(id);
	return {
		takeExactly(id) {
			if (isTaken(id)) return false;
			taken.add(id);
			return true;
		},
		take(wanted) {
			let id = wanted;
			for (let count = counts.get(wanted) ?? 0; isTaken(id); ) {
				count += 1;
				counts.set(wanted, count);
				id = `${wanted}-${count}`;
			}
			taken.add(id);
			return id;
		},
	};
}

/** Ids of the page around a text: its parts, and the fields of its forms with their hints and errors. */
const fields = ["text", "name", "email", "website", "subject", "subscribe-email"];
const pageIds: ReadonlySet<string> = new Set([
	...["main", "reactions", "comments", "comments-heading", "write", "write-heading", "related-heading"],
	...["footnote-label", "search-error", "subscribe-error"],
	...fields.flatMap((name) => [name, `${name}-error`, `${name}-hint`]),
]);

/** Matches the ids of comments and of their authors' names. */
const commentId = /^comment-\d+(?:-by)?$/;
