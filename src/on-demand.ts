/** An object whose members are all asynchronous functions, as a repository's are. */
type Asynchronous<T> = { readonly [Name in keyof T]: (...args: never[]) => Promise<unknown> };

/**
 * Returns an object that is loaded when one of its functions is first called. Its module, with what only that imports, is
 * then evaluated by the first request that needs it instead of by every isolate that starts.
 */
export function onDemand<T extends Asynchronous<T>>(load: () => Promise<T>): T {
	let loaded: Promise<T> | undefined;
	const call =
		(name: keyof T) =>
		async (...args: never[]) => {
			loaded ??= load();
			return (await loaded)[name](...args);
		};
	// A promise that resolves to the object must not take it for another promise.
	return new Proxy({} as T, { get: (_, name) => (name === "then" ? undefined : call(name as keyof T)) });
}
