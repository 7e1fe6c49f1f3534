import type { Manifest } from "../../posts/manifest.ts";
import type { Profile } from "../../posts/site.ts";
import { href } from "../ui/links.ts";

/** Renders an author's picture, biography and link above their posts. */
export const AuthorProfile = ({ profile, images }: { profile: Profile; images: Manifest["images"] }) => {
	const { name, bio, url, avatar } = profile;
	const size = avatar === null ? undefined : images[avatar];
	return (
		<div class="profile p-author h-card">
			<data class="p-name" value={name} />
			{avatar !== null && (
				<img class="u-photo" src={href(avatar)} alt="" width={size?.width} height={size?.height} />
			)}
			<div>
				{bio !== null && <p class="p-note">{bio}</p>}
				{url !== null && (
					<p>
						<a class="u-url" href={url} rel="me">
							{url.replace(/^https?:\/\//, "").replace(/\/$/, "")}
						</a>
					</p>
				)}
			</div>
		</div>
	);
};
