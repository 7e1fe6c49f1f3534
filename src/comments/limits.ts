/** Most characters (code points) per field of a comment. */
export const limits = { name: 80, email: 254, website: 1000, text: 10_000 } as const;
