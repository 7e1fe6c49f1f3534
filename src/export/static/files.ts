/** The address of the blog while it is copied, which nobody has; the copy's own takes its place at the end. */
export const here = "https://copy.invalid";

/** Returns the path of the file for an encoded address, below the copy's folder: a page is `index.html` in a folder. */
export function fileOf(address: string): string {
	const path = decodeURIComponent(address).normalize("NFC");
	return path.endsWith("/") ? `${path.slice(1)}index.html` : path.slice(1);
}

/** Returns the relative address from one file to another, percent-encoded. */
export function relativeAddress(from: string, to: string): string {
	const steps = from.split("/").slice(0, -1);
	const target = to.split("/");
	let shared = 0;
	while (shared < steps.length && shared < target.length - 1 && steps[shared] === target[shared]) shared++;
	const path = [...steps.slice(shared).map(() => ".."), ...target.slice(shared).map(encodeURIComponent)].join(
		"/",
	);
	// A first segment with a colon would be read as a scheme.
	return /^[^/]*:/.test(path) ? `./${path}` : path;
}

/** Returns the encoded address of a file of the copy, from the root; a page's is that of its folder. */
export function addressOf(file: string): string {
	return `/${file
		.replace(/(?:^|(?<=\/))index\.html$/, "")
		.split("/")
		.map(encodeURIComponent)
		.join("/")}`;
}
