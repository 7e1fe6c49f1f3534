import fc from "fast-check";
import { expect, it } from "vitest";
import { mailboxOf } from "../../../src/notifications/subscription.ts";

const local = fc.stringMatching(/^[a-z0-9]{1,12}$/);

it("one mailbox is one whatever its tag, dots and case, and two are two", () => {
	fc.assert(
		fc.property(local, local, fc.stringMatching(/^[a-z.+]{0,9}$/), fc.nat(12), (name, other, tag, at) => {
			const plain = `${name}@mail.example`;
			const dotted = `${name.slice(0, at)}.${name.slice(at).toUpperCase()}+${tag}@Mail.example`;
			expect(mailboxOf(dotted)).toBe(mailboxOf(plain));
			expect(mailboxOf(`${other}@mail.example`) === mailboxOf(plain)).toBe(other === name);
			expect(mailboxOf(`${name}@other.example`)).not.toBe(mailboxOf(plain));
		}),
	);
});
