import type { Page, Post } from "../../posts/post.ts";
import type { Site } from "../../posts/site.ts";
import { isolate } from "../../text/direction.ts";
import { href } from "../ui/links.ts";
import type { AdminStrings } from "../ui/strings/admin.ts";
import { fill } from "../ui/strings/strings.ts";

/** Renders the link to edit an entry's file in the blog's repository, if the site names one. */
export const EditFileLink = (props: { entry: Post | Page; site: Site; strings: AdminStrings }) => {
	const { entry, site, strings } = props;
	if (site.repository === null || entry.file === null) return null;
	return (
		<a
			href={`${site.repository}/${href(entry.file)}`}
			rel="noreferrer"
			aria-label={fill(strings.editFileOf, { title: isolate(entry.title) })}
		>
			{strings.editFile}
		</a>
	);
};
