/** Finds the new places of what a text refers to. Addresses are as written, or absolute. */
export type NewAddresses = {
	/** The address of the text itself, against which relative ones are resolved, or null. */
	base: string | null;
	/** Returns what a link should lead to; null leaves it. */
	link(address: string): string | null;
	/** Returns the new address of a picture or another file; null leaves it. */
	medium(address: string): string | null;
	/** Returns the address of a medium by its id at the source, for galleries; null if there is none. */
	mediumById(id: string): string | null;
};
