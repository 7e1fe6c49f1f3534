/** Renders the link to the next page of a list; `name` is the accessible name of its navigation. */
export const NextPage = ({ address, label, name }: { address: string; label: string; name: string }) => (
	<nav class="paging" aria-label={name}>
		<a href={address} rel="next">
			{label}
		</a>
	</nav>
);
