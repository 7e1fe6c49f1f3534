declare module "@marbec/web-auto-extractor" {
	/** Structured data by format, then by type. */
	type Extracted = { jsonld: Record<string, object[]>; errors?: readonly object[] };
	export default class WebAutoExtractor {
		constructor(options: { addLocation?: boolean });
		parse(html: string): Extracted;
	}
}

declare module "@adobe/structured-data-validator" {
	export default class Validator {
		validate(extracted: object): Promise<readonly object[]>;
	}
}
