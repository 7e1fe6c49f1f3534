import { describe, expect, it } from "vitest";
import type { Archive } from "../../../src/posts/archive.ts";
import { findRenamed } from "../../../src/posts/renamed.ts";
import { fake } from "../../support/fakes/fake.ts";
import { samplePost } from "../../support/post.ts";

const ids = [
	"2024-05-01-hello",
	"2024/2024-06-07-many-cats",
	"2024/2024-06-08-dogs",
	"2025-06-08-birds",
	"2024-06-08-cows",
];
const archive = fake<Archive>({ published: () => ids.map((id) => ({ ...samplePost(), id })) });

describe("findRenamed", () => {
	it.each([
		["a file with another date", "2024-05-09-hello", "2024-05-01-hello"],
		["a file in another folder", "old/hello", "2024-05-01-hello"],
		["a file with another name, alone of its day", "2024-06-07-cats", "2024/2024-06-07-many-cats"],
		["a file moved and renamed", "2024/2024-05-01-welcome", "2024-05-01-hello"],
		["one of two of its day", "2024-06-08-horses", null],
		["a file like no other", "about-horses", null],
	])("finds %s", (_, id, found) => {
		expect(findRenamed(archive, id, 0)?.id ?? null).toBe(found);
	});
});
