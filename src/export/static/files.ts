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
