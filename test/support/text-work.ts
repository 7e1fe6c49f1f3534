/**
 * Runs a function and returns the number of characters it has given to the methods that normalize, match and split texts:
 * its work, whatever the time it takes.
 */
export async function textWork(run: () => unknown): Promise<number> {
	let characters = 0;
	const restore = [
		...strings.map((name) => watch(String.prototype, name, (self) => String(self))),
		...patterns.map((name) => watch(RegExp.prototype, name, (_, [text]) => String(text))),
		watch(JSON, "parse", (_, [text]) => String(text)),
		watch(globalThis, "atob", (_, [text]) => String(text)),
		watch(TextEncoder.prototype, "encode", (_, [text]) => String(text ?? "")),
	];

	/** Counts the texts of a method until the returned function is called. */
	function watch(
		target: object,
		name: string | symbol,
		textOf: (self: unknown, values: unknown[]) => string,
	) {
		const original = Reflect.get(target, name) as (...values: unknown[]) => unknown;
		const watched = function (this: unknown, ...values: unknown[]) {
			characters += textOf(this, values).length;
			return original.apply(this, values);
		};
		Object.defineProperty(target, name, { value: watched, configurable: true, writable: true });
		return () => Object.defineProperty(target, name, { value: original, configurable: true, writable: true });
	}

	try {
		await run();
		return characters;
	} finally {
		for (const undo of restore) undo();
	}
}

const strings = [
	...[
		"normalize",
		"replace",
		"replaceAll",
		"split",
		"trim",
		"trimEnd",
		"trimStart",
		"toLowerCase",
		"toUpperCase",
	],
	...["match", "matchAll", "search", Symbol.iterator],
];

const patterns = ["exec", "test", Symbol.match, Symbol.matchAll, Symbol.replace, Symbol.search, Symbol.split];
