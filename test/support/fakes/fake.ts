/** Completes the part of an object that a test needs; using any other part of it throws. */
export function fake<T extends object>(part: Partial<T>): T {
	return new Proxy(part, {
		get(target, name) {
			// An `await` asks every object for `then`.
			if (name in target || name === "then") return Reflect.get(target, name);
			throw new Error(`the fake has no ${String(name)}`);
		},
	}) as T;
}
