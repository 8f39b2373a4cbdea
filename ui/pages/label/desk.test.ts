import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Column, Label, LabelState, Refusal } from '../../wire/generated';
import { LabelDesk, PAUSE_MS, RETRY_MS, merge, type LabelDoor } from './desk.svelte';

const column = (id: string, meaning = ''): Column => ({
  id, name: id, kind: 'text', meaning, unit: null, currency: null, decimals: null, example: null, key: false, required: false, personal: false, looks_up: null,
});
const label = (more: Partial<Label> = {}): Label => ({
  title: '', summary: '', area: '', keeper: 'Anna', keeper_email: null, stand_in: '', good_for: '', not_for: '', columns: [column('sold'), column('day')],
  promise: null, audience: 'everyone', sealing: { readers: [], areas: [], hide_title: false, how_to_ask: '' }, tags: [], terms: { kind: 'internal' }, ...more,
});
const state = (of: Label): LabelState => ({
  draft: 'd', label: of, suggestions: [], findings: [], fixed: [], fixes: [], condition: { score: 100, grade: 'very_good', to_fix: 0 }, unmet: [],
  rows: 3, profile: { rows: 3, columns: [] }, color: 0, areas: [], people: [], saved_at: '2026-03-03T09:14:00+01:00',
});
const refusal: Refusal = { code: 'no_space', params: {}, waiting_helps: false };

/** A program that keeps what it is told, and answers when the test says so. */
function program(first: Label) {
  let kept = first;
  const saved: Label[] = [];
  const open: { answer: () => void; refuse: () => void }[] = [];
  const door: LabelDoor = {
    load: async () => state(kept),
    describe: (told) =>
      new Promise((done, refused) => {
        saved.push(told);
        open.push({
          answer: () => {
            kept = told;
            done(state(kept));
          },
          refuse: () => refused(refusal),
        });
      }),
    accept: async (fields) => {
      if (fields.includes('*')) kept = { ...kept, summary: kept.summary || 'Suggested', columns: kept.columns.map((c) => ({ ...c, meaning: c.meaning || 'known' })) };
      return state(kept);
    },
    fix: async () => state(kept),
  };
  return { desk: new LabelDesk(door, () => refusal), saved, open };
}

const pass = async (ms = 0) => {
  await vi.advanceTimersByTimeAsync(ms);
};

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a label that saves itself', () => {
  it('waits until nobody types, then saves once', async () => {
    const { desk, saved, open } = program(label());
    await desk.load();
    for (const title of ['T', 'Ti', 'Till', 'Till sales']) {
      desk.edit((to) => (to.title = title));
      await pass(PAUSE_MS / 2);
    }
    expect(saved).toEqual([]);
    await pass(PAUSE_MS);
    expect(saved.map((told) => told.title)).toEqual(['Till sales']);
    open[0]?.answer();
    await pass();
    expect([desk.dirty, desk.saving]).toEqual([false, false]);
  });

  it('saves one after the other, and the newest text last', async () => {
    const { desk, saved, open } = program(label());
    await desk.load();
    desk.edit((to) => (to.title = 'One'));
    await pass(PAUSE_MS);
    desk.edit((to) => (to.title = 'Two'));
    await pass(PAUSE_MS * 3);
    expect(saved).toHaveLength(1);
    open[0]?.answer();
    await pass();
    expect(saved.map((told) => told.title)).toEqual(['One', 'Two']);
    open[1]?.answer();
    await pass();
    expect(desk.dirty).toBe(false);
    expect(desk.label?.title).toBe('Two');
  });

  it('an answer never takes a letter away from somebody who types on', async () => {
    const { desk, open } = program(label());
    await desk.load();
    desk.edit((to) => (to.title = 'Till'));
    await pass(PAUSE_MS);
    desk.edit((to) => (to.title = 'Till sales of Mar'));
    open[0]?.answer();
    await pass();
    expect(desk.label?.title).toBe('Till sales of Mar');
    expect(desk.dirty).toBe(true);
  });

  it('a refused save is kept and tried again', async () => {
    const { desk, saved, open } = program(label());
    await desk.load();
    desk.edit((to) => (to.title = 'Till sales'));
    await pass(PAUSE_MS);
    open[0]?.refuse();
    await pass();
    expect(desk.refusal).toEqual(refusal);
    expect(desk.dirty).toBe(true);
    expect(desk.label?.title).toBe('Till sales');
    await pass(RETRY_MS);
    expect(saved).toHaveLength(2);
    open[1]?.answer();
    await pass();
    expect(desk.refusal).toBeUndefined();
    expect(desk.dirty).toBe(false);
  });

  it('leaving the page saves what is left, without waiting', async () => {
    const { desk, saved } = program(label());
    await desk.load();
    desk.edit((to) => (to.title = 'Till sales'));
    desk.close();
    await pass();
    expect(saved.map((told) => told.title)).toEqual(['Till sales']);
  });

  it('a change that changes nothing is not saved', async () => {
    const { desk, saved } = program(label());
    await desk.load();
    desk.edit((to) => (to.keeper = 'Anna'));
    await pass(PAUSE_MS * 2);
    expect(saved).toEqual([]);
    expect(desk.dirty).toBe(false);
  });
});

describe('accepting suggestions', () => {
  it('saves what was typed first, so that it is not taken for empty', async () => {
    const { desk, saved, open } = program(label());
    await desk.load();
    desk.edit((to) => (to.summary = 'My own words'));
    const accepted = desk.accept(['*']);
    await pass();
    expect(saved).toHaveLength(1);
    open[0]?.answer();
    await pass();
    await accepted;
    expect(desk.label?.summary).toBe('My own words');
    expect(desk.label?.columns.map((c) => c.meaning)).toEqual(['known', 'known']);
  });

  it('asking again does not undo what is typed and not saved', async () => {
    const { desk } = program(label());
    await desk.load();
    desk.edit((to) => (to.columns[0] as Column).meaning = 'pieces');
    await desk.load();
    expect(desk.label?.columns[0]?.meaning).toBe('pieces');
    expect(desk.dirty).toBe(true);
    desk.close();
  });
});

describe('bringing an answer together with what is on screen', () => {
  it('takes every field that nobody touched here', () => {
    const base = label();
    const merged = merge(base, { ...base, title: 'Mine' }, { ...base, title: 'Theirs', area: 'Kitchen' });
    expect([merged.title, merged.area]).toEqual(['Mine', 'Kitchen']);
  });

  it('does not eat the blank before the next word', () => {
    const base = label({ title: 'Till ' });
    expect(merge(base, base, label({ title: 'Till' })).title).toBe('Till ');
  });

  it('follows columns that came and went', () => {
    const base = label();
    const merged = merge(base, label({ columns: [column('sold', 'mine'), column('day')] }), label({ columns: [column('tip'), column('sold')] }));
    expect(merged.columns.map((c) => [c.id, c.meaning])).toEqual([['tip', ''], ['sold', 'mine']]);
  });
});
