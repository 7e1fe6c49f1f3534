/** A reason why a folder cannot be built, in a sentence for the person who runs the command. */
export class SelfhostError extends Error {}
