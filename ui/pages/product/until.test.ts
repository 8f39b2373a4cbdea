import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { speak } from '../../state/words.svelte';
import { endOf, untilOptions } from './until';

const here = (at: string) => {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate(), day.getHours(), day.getMinutes(), day.getSeconds()];
};

describe('until when somebody is let in', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date(2027, 0, 31, 10, 0) });
    speak('en', 'en-GB');
  });
  afterEach(() => vi.useRealTimers());

  it('is the end of a day here, and a month is never longer than the month', () => {
    const from = new Date(2027, 0, 31, 10, 0);
    expect(here(endOf('week', from))).toEqual([2027, 2, 7, 23, 59, 59]);
    expect(here(endOf('month', from))).toEqual([2027, 2, 28, 23, 59, 59]);
    expect(here(endOf('quarter', from))).toEqual([2027, 4, 30, 23, 59, 59]);
    expect(here(endOf('year', new Date(2028, 1, 29)))).toEqual([2029, 2, 28, 23, 59, 59]);
    expect(here(endOf('month', new Date(2027, 11, 24)))).toEqual([2028, 1, 24, 23, 59, 59]);
  });

  it('offers first the day that was asked for, unless it is over', () => {
    const now = new Date();
    const asked = new Date(2027, 1, 12, 23, 59, 59).toISOString();
    const options = untilOptions(now, asked);
    expect(options).toHaveLength(6);
    expect(options[0]?.value).toBe(asked);
    expect(options[0]?.label).toContain('12 February');
    expect(untilOptions(now, new Date(2027, 0, 30).toISOString())[0]?.value).toBe('');
    expect(untilOptions(now, null).map((option) => option.value)).toContain(endOf('week', now));
    expect(new Set(options.map((option) => option.label)).size).toBe(6);
  });
});
