import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type ContentCache, createContentCache, readContent } from "./content.ts";
import { type Problem, sortProblems } from "./problems.ts";
import { writeContent } from "./write.ts";

/** Input and output of a build. */
export type BuildOptions = {
	contentDir: string;
	outDir: string;
	/** The style sheet to inline; defaults to the default theme. */
	themeFile?: string;
	/** Results of previous builds in the same process. */
	cache?: ContentCache;
	/** Whether a Worker is running from the output, whose files must not disappear. */
	serving?: boolean;
};

/** The result of a build: either the output is up to date, or nothing was written and all problems are listed. */
export type BuildResult =
	| {
			ok: true;
			/** Number of posts, including drafts and scheduled posts. */
			posts: number;
			pages: number;
			warnings: Problem[];
			/** Whether the output changed. */
			changed: boolean;
	  }
	| { ok: false; problems: Problem[] };

/** The theme used unless another is given. */
export const defaultTheme = fileURLToPath(new URL("../web/ui/themes/default.css", import.meta.url));

/** Returns the folder of resized images, which persists between builds. */
export const variantsFolder = (outDir: string): string => join(outDir, "variants");

/** Validates the content folder and, if there are no errors, updates the output folder. */
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
		variantsFolder(outDir),
		cache,
	);
	if (problems.length > 0) return { ok: false, problems: sortProblems(problems) };
	return {
		ok: true,
		posts: content.posts.length,
		pages: content.manifest.pages.length,
		warnings: sortProblems(warnings),
		changed: writeContent(outDir, content, serving),
	};
}
