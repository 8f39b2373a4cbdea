import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { refusalWords } from './refusals';
import { toasts } from './toasts.svelte';
import { speak } from './words.svelte';

beforeEach(() => {
  vi.useFakeTimers();
  speak('en', 'en-GB');
});
afterEach(() => {
  for (const toast of toasts.list) toasts.dismiss(toast.id);
  vi.useRealTimers();
});

describe('a message', () => {
  it('goes by itself, later if something can be done about it', () => {
    toasts.show({ text: 'Saved' });
    toasts.show({ text: 'Put away', action: { label: 'Undo', run: () => undefined } });
    vi.advanceTimersByTime(6_500);
    expect(toasts.list.map((toast) => toast.text)).toEqual(['Put away']);
    vi.advanceTimersByTime(6_000);
    expect(toasts.list).toEqual([]);
  });

  it('waits while it is read', () => {
    toasts.show({ text: 'Saved' });
    toasts.hold();
    vi.advanceTimersByTime(60_000);
    expect(toasts.list).toHaveLength(1);
    toasts.release();
    vi.advanceTimersByTime(7_000);
    expect(toasts.list).toEqual([]);
  });

  it('is not said twice, and never more than three at once', () => {
    for (const text of ['a', 'a', 'b', 'c', 'd']) toasts.show({ text });
    expect(toasts.list.map((toast) => toast.text)).toEqual(['b', 'c', 'd']);
  });

  it('about a refusal has its words; something stopped needs none', () => {
    toasts.refused({ code: 'cancelled', params: {}, waiting_helps: false });
    expect(toasts.list).toEqual([]);
    toasts.refused({ code: 'locked', params: { file: 'till.xlsx' }, waiting_helps: true });
    expect(toasts.list[0]?.text).toContain('till.xlsx is open elsewhere');
  });
});

describe('a refusal in words', () => {
  it('tells what a file is instead of a table', () => {
    const words = refusalWords({ code: 'not_a_table', params: { file: 'menu.pdf', what: 'pdf' }, waiting_helps: false });
    expect(words.title).toBe('menu.pdf is not a spreadsheet');
    expect(words.sentence).toContain('This is a PDF');
    expect(words.button).toBeNull();
  });

  it('leaves no raw name where a value is missing', () => {
    const words = refusalWords({ code: 'busy', params: {}, waiting_helps: true });
    expect(words.title).toBe('Busy at the moment');
    expect(words.button).toBe('Try again');
    expect(refusalWords({ code: 'busy', params: { what: 'publish' }, waiting_helps: true }).title).toBe('Busy at the moment');
    expect(refusalWords({ code: 'busy', params: { what: 'till.xlsx' }, waiting_helps: true }).title).toBe('till.xlsx is busy');
    expect(refusalWords({ code: 'unknown', params: { what: '3f9a02' }, waiting_helps: false }).title).toBe('Not found');
    expect(refusalWords({ code: 'too_large', params: { file: 'a.csv', limit: 64_000_000 }, waiting_helps: false }).sentence).toContain('at most 64 MB');
    expect(refusalWords({ code: 'no_space', params: { needed_bytes: 5_200_000 }, waiting_helps: false }).sentence).toContain('5.2 MB');
  });
});
