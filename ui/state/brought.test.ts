import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BroughtItem, Refusal } from '../wire/generated';
import { brought, looksLikeTable } from './brought.svelte';
import { route, replace } from './route.svelte';

vi.mock('../wire/call', async (original) => ({
  ...(await original<typeof import('../wire/call')>()),
  call: () => Promise.reject({ code: 'unreachable', params: {}, waiting_helps: true }),
  listen: () => () => undefined,
}));

const pdf: Refusal = { code: 'not_a_table', params: { file: 'menu.pdf', what: 'pdf' }, waiting_helps: false };
const good = (name: string): BroughtItem => ({ file_name: `${name}.csv`, draft: name, refusal: null });
const bad: BroughtItem = { file_name: 'menu.pdf', draft: null, refusal: pdf };

beforeEach(() => {
  brought.clear();
  replace('today');
});

describe('what comes of files', () => {
  it('one that reads is opened at once', () => {
    brought.take({ items: [good('march')] });
    expect([route.page, ...route.params]).toEqual(['check', 'march']);
  });

  it('several are shown together', () => {
    brought.take({ items: [good('march'), bad] });
    expect(route.page).toBe('bring');
    expect(brought.items).toHaveLength(2);
    expect(brought.refusal).toBeUndefined();
  });

  it('one that does not read is said, and nothing else happens', () => {
    brought.take({ items: [bad] });
    expect(route.page).toBe('today');
    expect(brought.refusal?.code).toBe('not_a_table');
    brought.clearRefusal();
    expect(brought.refusal).toBeUndefined();
  });

  it('none, and one that was stopped, are nothing at all', () => {
    brought.take({ items: [] });
    brought.take({ items: [{ file_name: 'x', draft: null, refusal: { code: 'cancelled', params: {}, waiting_helps: false } }] });
    expect(brought.refusal).toBeUndefined();
  });

  it('a refused command is said, too', async () => {
    await brought.paste('a\tb');
    expect(brought.refusal?.code).toBe('unreachable');
    expect(brought.busy).toBe(false);
  });
});

describe('a copied text', () => {
  it('is a table with tabs or several lines', () => {
    expect(looksLikeTable('a\tb')).toBe(true);
    expect(looksLikeTable('a;b\r\n1;2')).toBe(true);
    expect(looksLikeTable('one line\n\n')).toBe(false);
    expect(looksLikeTable('')).toBe(false);
  });
});
