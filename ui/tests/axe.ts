// Whether a piece of page can be used by everyone, as far as a machine can tell.
import axe from 'axe-core';
import { expect } from 'vitest';

/** Fails with what is wrong. Colours are seen in the real window: jsdom draws nothing. */
export async function expectNoBarriers(element: Element): Promise<void> {
  const rules = { 'color-contrast': { enabled: false }, region: { enabled: false } };
  const { violations } = await axe.run(element, { rules });
  expect(violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
}
