import type { Archive } from "../../posts/archive.ts";
import { writeEntryDocument } from "../../posts/entry-document.ts";
import type { Page, Post } from "../../posts/post.ts";
import { stringsFor } from "../ui/strings/strings.ts";

/** Reads a post or page as a Markdown file with front matter. */
export async function readEntryDocument(archive: Archive, entry: Post | Page): Promise<string> {
	return writeEntryDocument(entry, await archive.markdown(entry, stringsFor(entry.lang)), archive.site.url);
}
