/** Hears how many of the files have been read, or of the texts rendered. */
export type BuildProgress = (step: "Reading" | "Rendering", done: number, of: number) => void;
