import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defang } from "../../../src/notifications/defang.ts";
import { chatText } from "../../../src/notifications/message.ts";
import type { Notice, NoticeItem } from "../../../src/notifications/notice.ts";
import { ownerMail } from "../../../src/notifications/owner-mail.ts";
import { approvalMail, repliesMail } from "../../../src/notifications/reader-mail.ts";
import { receiptMail } from "../../../src/notifications/receipt-mail.ts";
import type { Site } from "../../../src/posts/site.ts";

const zeroWidth = "\u200B";
const own = "Node.js at cats.example: @media";
const site = { title: own, url: "https://cats.example", language: "en" } as Site;
const reader = { email: "ann@mail.example", subscriptions: [], confirmation: null, verificationLink: null };

const noticeOf = (comment: Partial<NoticeItem["comment"]>, event: NoticeItem["event"] = "reply"): Notice => ({
	key: "k",
	at: 0,
	reader: null,
	items: [
		{
			event,
			comment: {
				id: 1,
				postId: "p",
				parentName: null,
				parentByAuthor: false,
				byAuthor: false,
				name: "evil.example",
				source: "see https://evil.example",
				waiting: false,
				lang: null,
				createdAt: 0,
				...comment,
			},
			post: { title: own, lang: "en", url: "https://cats.example/p/" },
			url: "https://cats.example/comments/1",
			decisions: [],
		},
	],
});

/** Composes every mail and message of which the comment is part. */
async function everything(comment: Partial<NoticeItem["comment"]>): Promise<readonly string[]> {
	const secret = "s".repeat(32);
	const notice = noticeOf(comment);
	const [item] = notice.items as [NoticeItem];
	const mails = [
		ownerMail(noticeOf(comment, "published"), "owner@cats.example", site),
		ownerMail(noticeOf(comment, "waiting"), "owner@cats.example", site),
		ownerMail({ ...notice, items: [item, item] }, "owner@cats.example", site),
		await repliesMail(notice, reader, site, secret),
		await approvalMail(notice, reader, item, site, secret),
		await receiptMail(notice, reader, item, site, secret),
	];
	return [...mails.flatMap(({ subject, text }) => [subject, text]), chatText(notice, "en", (text) => text)];
}

describe("mails and messages", () => {
	it("leave the blog's own words as they are: titles, and what was written in the admin", async () => {
		const parts = await everything({
			byAuthor: true,
			name: own,
			source: own,
			parentName: own,
			parentByAuthor: true,
		});
		for (const part of parts) expect(part).not.toContain(zeroWidth);
	});

	it("defang a stranger's name and text, once, and nothing else", async () => {
		const parts = await everything({ parentName: "www.evil.example" });
		for (const part of parts) {
			expect(part).not.toMatch(/evil\.example|https:\/\/evil/);
			expect(part).not.toContain(zeroWidth + zeroWidth);
			expect(part).not.toContain(defang(own));
		}
	});

	it("are the same however often a text is defanged", () => {
		fc.assert(
			fc.property(fc.string({ unit: fc.constantFrom(..."a.@:/\u200B \u202E。") }), (text) => {
				expect(defang(defang(text))).toBe(defang(text));
			}),
		);
	});
});
