import { describe, expect, it, vi } from 'vitest';
import { PAGE_ROWS, Rows } from './rows.svelte';

const settled = () => new Promise((done) => setTimeout(done, 0));
const numbers = (start: number, count: number, total: number) =>
  Array.from({ length: Math.max(0, Math.min(count, total - start)) }, (_, i) => start + i);

function list(total: number) {
  const fetch = vi.fn(async (start: number, count: number) => numbers(start, count, total));
  const rows = new Rows<number>(fetch);
  rows.total = total;
  rows.rowHeight = 36;
  rows.viewport = 612;
  return { rows, fetch };
}

describe('a million rows', () => {
  it('asks for the pages on screen and nothing else', async () => {
    const { rows, fetch } = list(1_000_000);
    rows.look();
    await settled();
    expect(fetch.mock.calls).toEqual([[0, PAGE_ROWS]]);
    expect(rows.row(0)).toBe(0);
    expect(rows.row(PAGE_ROWS)).toBeUndefined();
  });

  it('reaches exactly the last row', async () => {
    const { rows } = list(1_000_000);
    rows.reveal(999_999);
    rows.look();
    await settled();
    expect(rows.window[1]).toBe(1_000_000);
    expect(rows.row(999_999)).toBe(999_999);
    // Its lower edge stands on the lower edge of what is on screen.
    expect(rows.place(999_999) + 36 - rows.scrollTop).toBeCloseTo(612, 3);
    expect(rows.scrollTop).toBeCloseTo(rows.spacer - 612, 3);
  });

  it('a row far off screen is drawn where it cannot make the list taller', () => {
    const { rows } = list(1_000_000);
    expect(rows.place(999_999)).toBeLessThan(0);
    rows.reveal(999_999);
    expect(rows.place(0)).toBeLessThan(0);
  });

  it('does not run after everything that a fast scroll passed', async () => {
    const { rows, fetch } = list(1_000_000);
    for (let row = 0; row < 900_000; row += 50_000) {
      rows.reveal(row);
      rows.look();
    }
    await settled();
    await settled();
    expect(fetch.mock.calls.length).toBeLessThan(8);
  });

  it('forgets old pages', async () => {
    const { rows } = list(1_000_000);
    for (let page = 0; page < 60; page += 1) {
      rows.go(page * PAGE_ROWS * 36);
      rows.look();
      await settled();
    }
    expect(rows.row(0)).toBeUndefined();
    expect(rows.row(59 * PAGE_ROWS)).toBe(59 * PAGE_ROWS);
  });
});

describe('a list that is still read', () => {
  it('asks again for its last page when more rows have come', async () => {
    let total = 120;
    const rows = new Rows<number>(async (start, count) => numbers(start, count, total));
    rows.viewport = 612;
    rows.total = total;
    rows.look();
    await settled();
    expect(rows.row(120)).toBeUndefined();
    total = 500;
    rows.total = total;
    rows.look();
    await settled();
    expect(rows.row(150)).toBe(150);
  });
});

describe('asking for everything again', () => {
  it('shows what was there until the new rows come, and drops late answers', async () => {
    const answers: ((rows: string[]) => void)[] = [];
    const rows = new Rows<string>(() => new Promise((done) => answers.push(done)));
    rows.total = 1;
    rows.viewport = 612;
    rows.look();
    answers[0]?.(['old']);
    await settled();
    rows.renew();
    expect(rows.row(0)).toBe('old');
    expect(rows.isHere(0)).toBe(false);
    rows.look();
    rows.renew();
    rows.look();
    answers[1]?.(['late']);
    await settled();
    expect(rows.row(0)).toBe('old');
    answers[2]?.(['new']);
    await settled();
    expect(rows.row(0)).toBe('new');
  });

  it('says why a page did not come, and goes on after the next one', async () => {
    let fails = true;
    const rows = new Rows<number>(async () => {
      if (fails) throw new Error('gone');
      return [7];
    });
    rows.total = 1;
    rows.viewport = 612;
    rows.look();
    await settled();
    expect(rows.failure).toBeInstanceOf(Error);
    fails = false;
    rows.look();
    await settled();
    expect(rows.failure).toBeNull();
    expect(rows.row(0)).toBe(7);
  });
});
