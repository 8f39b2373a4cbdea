import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { BroughtItem, Refusal } from '../wire/generated';
import { brought, looksLikeTable } from './brought.svelte';
import { route, replace } from './route.svelte';

vi.mock('../wire/call', async (original) => ({
  ...(await original<typeof import('../wire/call')>()),
  call: (name: string, request: { password?: string }) => {
    if (name !== 'unlock_file') return Promise.reject({ code: 'unreachable', params: {}, waiting_helps: true });
    if (request.password !== 'brot') return Promise.reject({ code: 'wrong_password', params: {}, waiting_helps: false });
    return Promise.resolve({ items: [{ file_name: 'april.xlsx', draft: 'april', refusal: null, locked: null, invitation: null }] });
  },
  listen: () => () => undefined,
}));

const pdf: Refusal = { code: 'not_a_table', params: { file: 'menu.pdf', what: 'pdf' }, waiting_helps: false };
const good = (name: string): BroughtItem => ({ file_name: `${name}.csv`, draft: name, refusal: null, locked: null, invitation: null });
const bad: BroughtItem = { file_name: 'menu.pdf', draft: null, refusal: pdf, locked: null, invitation: null };
const locked: BroughtItem = {
  file_name: 'april.xlsx',
  draft: null,
  refusal: { code: 'password_protected', params: { file: 'april.xlsx' }, waiting_helps: false },
  locked: '1', invitation: null,
};

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
    const refusal: Refusal = { code: 'cancelled', params: {}, waiting_helps: false };
    brought.take({ items: [{ file_name: 'x', draft: null, refusal, locked: null, invitation: null }] });
    expect(brought.refusal).toBeUndefined();
  });

  it('a refused command is said, too', async () => {
    await brought.paste('a\tb');
    expect(brought.refusal?.code).toBe('unreachable');
    expect(brought.busy).toBe(false);
  });
});

describe('a locked file', () => {
  it('waits for its password, as often as it takes, and is then opened', async () => {
    brought.take({ items: [locked] });
    expect([route.page, brought.refusal, brought.locked?.file_name]).toEqual(['today', undefined, 'april.xlsx']);
    expect((await brought.unlock(locked, 'rye'))?.code).toBe('wrong_password');
    expect(brought.locked?.locked).toBe('1');
    expect(await brought.unlock(locked, 'brot')).toBeUndefined();
    expect([route.page, ...route.params]).toEqual(['check', 'april']);
    expect(brought.locked).toBeUndefined();
  });

  it('stays among the others that came with it', async () => {
    brought.take({ items: [good('march'), locked, bad] });
    expect(await brought.unlock(locked, 'brot')).toBeUndefined();
    expect(route.page).toBe('bring');
    expect(brought.items.map((item) => item.draft)).toEqual(['march', 'april', null]);
  });

  it('can be left for later', () => {
    brought.take({ items: [good('march'), locked] });
    brought.leave(locked);
    expect(brought.items.map((item) => item.file_name)).toEqual(['march.csv']);
    brought.take({ items: [locked] });
    brought.clearRefusal();
    expect(brought.locked).toBeUndefined();
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
