import type { Manifest } from "../../posts/manifest.ts";
import type { Profile } from "../../posts/site.ts";
import { href } from "../ui/links.ts";

/** Renders an author's picture, biography and link above their posts. */
export const AuthorProfile = ({ profile, images }: { profile: Profile; images: Manifest["images"] }) => {
	const { bio, url, avatar } = profile;
	const size = avatar === null ? undefined : images[avatar];
	return (
		<div class="profile">
			{avatar !== null && <img src={href(avatar)} alt="" width={size?.width} height={size?.height} />}
			<div>
				{bio !== null && <p>{bio}</p>}
				{url !== null && (
					<p>
						<a href={url} rel="me">
							{url.replace(/^https?:\/\//, "").replace(/\/$/, "")}
						</a>
					</p>
				)}
			</div>
		</div>
	);
};
