/** What of an object differs from what is usual; `{ ...usual, ...lean }` is the object again. */
export function leanOf<T extends object, U extends Partial<T>>(object: T, usual: U): Partial<T> {
	const kept = Object.entries(object).filter(
		([key, value]) => !isUsual(value, (usual as Record<string, unknown>)[key]),
	);
	return Object.fromEntries(kept) as Partial<T>;
}

function isUsual(value: unknown, usual: unknown): boolean {
	return value === usual || (usual !== undefined && isEmpty(value) && isEmpty(usual));
}

function isEmpty(value: unknown): boolean {
	return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
