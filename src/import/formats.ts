import { disqus } from "./formats/disqus.ts";
import { edgecat } from "./formats/edgecat.ts";
import { movableType } from "./formats/movable-type.ts";
import { waline } from "./formats/waline.ts";
import { wordpress } from "./formats/wordpress.ts";
import type { Format, Sample } from "./reader.ts";

/** Every format, the more specific first: the first one that recognizes a file reads it. */
export const formats: readonly Format[] = [edgecat, wordpress, disqus, waline, movableType];

/** Returns the format of a file, or null. */
export function detectFormat(sample: Sample): Format | null {
	return formats.find((format) => format.detect(sample)) ?? null;
}
