import { expect, it } from "vitest";
import { contentKeys } from "../../../../src/debt-collection/submit/content-keys.js";

const json = JSON.stringify;

it("content keys do not depend on the order of properties or items, but on that of lists", async () => {
  const [first, second] = [contentKeys("payment"), contentKeys("payment")];
  const a = await first(json({ id: "a", tags: [1, 2], of: { x: 1, y: 2 } }));
  const b = await first(json({ id: "b" }));
  expect(await second(json({ id: "b" }))).toBe(b);
  expect(await second(json({ of: { y: 2, x: 1 }, tags: [1, 2], id: "a" }))).toBe(a);
  expect(await second(json({ id: "a", tags: [2, 1], of: { x: 1, y: 2 } }))).not.toBe(a);
});

it("content keys number items with the same content, and differ by kind", async () => {
  const keyOf = contentKeys("payment");
  const key = await keyOf(json({ id: "a" }));
  expect(key).toMatch(/^[\da-f]{32}$/);
  expect([await keyOf(json({ id: "a" })), await keyOf(json({ id: "a" }))]).toEqual([`${key}-2`, `${key}-3`]);
  expect(await contentKeys("correction")(json({ id: "a" }))).not.toBe(key);
});
