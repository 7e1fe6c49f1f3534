import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "../../../src/build/openapi/document.ts";
import { api } from "../../../src/web/api/index.ts";

describe("the API's description", () => {
	it("is OpenAPI 3.1 by a validator that is not ours", async () => {
		const validator = new Validator();
		const { valid, errors } = await validator.validate(JSON.parse(JSON.stringify(openApiDocument)));
		expect(errors).toBeUndefined();
		expect([valid, validator.version]).toEqual([true, "3.1"]);
	});

	it("describes every route of the API and no other", () => {
		const routes = api.routes
			.filter(({ method, path }) => method === "GET" && path.startsWith("/api/v1"))
			.flatMap(({ path }) => {
				const plain = path.slice("/api".length).replace(":id", "{id}");
				return plain.includes(":kind")
					? ["posts", "pages"].map((kind) => plain.replace(/:kind\{[^}]*\}/, kind))
					: plain;
			});
		expect(Object.keys(openApiDocument.paths).sort()).toEqual(routes.sort());
	});

	it("gives every operation an id of its own", () => {
		const ids = Object.values(openApiDocument.paths).map(({ get }) => get.operationId);
		expect(new Set(ids).size).toBe(ids.length);
	});
});
