/** Returns a host name in ASCII, its labels as A-labels (RFC 5891): `例え.jp` becomes `xn--r8jz45g.jp`; null if it is none. */
export function toAsciiHost(host: string): string | null {
	if (/[\s/?#@:[\]\\<>]/.test(host)) return null;
	const url = URL.parse(`http://${host}/`);
	return url === null || url.hostname === "" ? null : url.hostname;
}

/** Returns an e-mail address with its domain in ASCII; unchanged if that is not a domain. */
export function toAsciiEmail(email: string): string {
	const at = email.lastIndexOf("@");
	const domain = email.slice(at + 1);
	if (at < 0 || /^\p{ASCII}*$/u.test(domain)) return email;
	const ascii = toAsciiHost(domain);
	return ascii === null ? email : email.slice(0, at + 1) + ascii;
}

/** Returns an address with its host, or the domain of `mailto:`, in ASCII; everything else stays as it is written. */
export function toAsciiAddress(address: string): string {
	const mailto = /^mailto:([^?]*)/i.exec(address);
	if (mailto !== null) {
		const [whole, email = ""] = mailto;
		return whole.slice(0, "mailto:".length) + toAsciiEmail(email) + address.slice(whole.length);
	}
	const [start, scheme = "", user = "", host = "", port = ""] =
		/^((?:(?:https?|ftp):)?\/\/)([^/?#@]*@)?([^/?#:@]*)(:\d*)?/i.exec(address) ?? [];
	if (start === undefined || /^\p{ASCII}*$/u.test(host)) return address;
	const ascii = toAsciiHost(host);
	return ascii === null ? address : scheme + user + ascii + port + address.slice(start.length);
}
