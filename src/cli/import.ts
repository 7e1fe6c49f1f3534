/** `npm run import -- FILE_OR_FOLDER`: imports another blog; shows a plan unless `--apply` is given. */
import { command } from "./command.ts";
import { importInterface, parseImportCommand } from "./import-command.ts";

process.exitCode = await command(importInterface, parseImportCommand, async (args) => {
	const { importBlog } = await import("./import-blog.ts");
	return importBlog(args);
});
