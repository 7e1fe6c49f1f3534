import { join } from "node:path";
import type { WorkerContent } from "../posts/worker-content.ts";
import { addCards } from "./cards/add-cards.ts";
import { type ContentCache, createContentCache, readContent } from "./content.ts";
import { type Problem, sortProblems } from "./problems.ts";
import type { BuildProgress } from "./progress.ts";
import { writeContent } from "./write.ts";

/** Input and output of a build. */
export type BuildOptions = {
	contentDir: string;
	outDir: string;
	/** Results of previous builds in the same process. */
	cache?: ContentCache;
	/** Whether the titles of posts are drawn for sites where links are shared, as for a deployment. */
	cards?: boolean;
	progress?: BuildProgress;
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
			/** The stable ids of all posts and pages, under which their comments are stored. */
			ids: ReadonlySet<string>;
			warnings: Problem[];
			/** The line to add to `site.yaml` if it has no `blog_id`. */
			missingBlogId: string | null;
			/** Whether the output changed. */
			changed: boolean;
			/** Returns the content as the Worker imports it. */
			content: () => WorkerContent;
	  }
	| { ok: false; problems: Problem[] };

/** Returns the folder of resized images, which persists between builds. */
export const variantsFolder = (outDir: string): string => join(outDir, "variants");

/** Validates the content folder and, if there are no errors, updates the output folder. */
export async function buildContent(options: BuildOptions): Promise<BuildResult> {
	const {
		contentDir,
		outDir,
		cache = createContentCache(),
		serving = false,
		cards = false,
		progress,
	} = options;
	const { problems, warnings, ...read } = await readContent(
		contentDir,
		variantsFolder(outDir),
		cache,
		progress,
	);
	if (problems.length > 0) return { ok: false, problems: sortProblems(problems) };
	const content = cards ? await addCards(read, join(outDir, "cards")) : read;
	return {
		ok: true,
		posts: content.posts.length,
		pages: content.manifest.pages.length,
		ids: new Set(content.ids.values()),
		warnings: sortProblems(warnings),
		missingBlogId: content.missingBlogId,
		...writeContent(outDir, content, serving),
	};
}
