/** Returns the properties that differ from their defaults; `{ ...defaults, ...result }` restores the object. */
export function omitDefaults<T extends object, U extends Partial<T>>(object: T, defaults: U): Partial<T> {
	const entries = Object.entries(object).filter(
		([key, value]) => !isDefault(value, (defaults as Record<string, unknown>)[key]),
	);
	return Object.fromEntries(entries) as Partial<T>;
}

function isDefault(value: unknown, byDefault: unknown): boolean {
	return value === byDefault || (byDefault !== undefined && isEmpty(value) && isEmpty(byDefault));
}

function isEmpty(value: unknown): boolean {
	return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}
