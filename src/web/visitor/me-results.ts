/** Values of the `done` parameter. */
export const meResults = [
	"erased",
	"anonymized",
	"erasing",
	"anonymizing",
	"verified",
	"renamed",
	"name-removed",
	"signed-out",
] as const;

export type MeResult = (typeof meResults)[number];
