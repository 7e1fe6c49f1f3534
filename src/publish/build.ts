import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ContentCache, createContentCache, readContent } from "./content.ts";
import { inReadingOrder, type Problem } from "./problems.ts";
import { writeContent } from "./write.ts";

/** Where the content is and where what the Worker is bundled from goes. */
export type BuildOptions = {
	contentDir: string;
	outDir: string;
	/** The style sheet to inline; the default theme when left out. */
	themeFile?: string;
	/** Kept by a process that builds more than once. */
	cache?: ContentCache;
	/** Whether a Worker is running from the output, which must not lose what it reads. */
	serving?: boolean;
};

/** What came of a build: the output is as the content says, or every mistake is told and nothing was written. */
export type BuildResult =
	| {
			ok: true;
			/** How many, drafts and posts of the future included. */
			posts: number;
			pages: number;
			warnings: Problem[];
			/** Whether the output differs from what was there before. */
			changed: boolean;
	  }
	| { ok: false; problems: Problem[] };

/** The theme a site has when none is named. */
export const defaultTheme = fileURLToPath(new URL("../web/themes/default.css", import.meta.url));

/** Where the narrower copies of an output folder's pictures are kept between builds. */
export const narrowedIn = (outDir: string): string => join(outDir, "narrower");

/** Validates the content folder and, when all of it is right, brings the output folder up to date. */
export async function buildContent(options: BuildOptions): Promise<BuildResult> {
	const {
		contentDir,
		outDir,
		themeFile = defaultTheme,
		cache = createContentCache(),
		serving = false,
	} = options;
	const { problems, warnings, ...content } = await readContent(
		contentDir,
		themeFile,
		narrowedIn(outDir),
		cache,
	);
	if (problems.length > 0) return { ok: false, problems: inReadingOrder(problems) };
	return {
		ok: true,
		posts: content.posts.length,
		pages: content.manifest.pages.length,
		warnings: inReadingOrder(warnings),
		changed: writeContent(outDir, content, serving),
	};
}
