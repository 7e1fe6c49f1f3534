import type { ParseResult } from "./fields.ts";
import { webAddress } from "./web-address.ts";

/** Paths below a repository's address at which its content folder is edited, by host. */
const editPaths: Readonly<Record<string, string>> = {
	"github.com": "/edit/HEAD/content",
	"gitlab.com": "/-/edit/HEAD/content",
};

/**
 * Parses the address at which the content folder is edited. The address of a repository on a known host is enough; any other
 * is taken as it is.
 */
export function parseRepository(input: string): ParseResult<string> {
	const url = webAddress(input);
	if (url === null || url.username !== "" || url.search !== "" || url.hash !== "") {
		return {
			error: `"${input}" is not the address of a repository; write one such as https://github.com/ann/blog.`,
		};
	}
	const path = url.pathname.replace(/(\.git)?\/*$/, "");
	const editPath = /\/(edit|tree|blob|src)\//.test(`${path}/`) ? undefined : editPaths[url.hostname];
	return { value: url.origin + path + (editPath ?? "") };
}
