import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { projectRoot } from "./config.ts";

/**
 * Keeps what Node compiles of the modules that are imported from here on, beside the packages, for the next start. A
 * folder that cannot be written is no error.
 */
export function cacheCompiledModules(): void {
	enableCompileCache(join(projectRoot, "node_modules/.cache/edgecat"));
}
