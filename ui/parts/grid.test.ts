import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import Grid from './Grid.svelte';
import { Cursor } from './cursor.svelte';
import { asTabbed, columnWidth, tracks } from './grid';

const TOTAL = 1_000_000;
const columns = [
  { id: 'day', name: 'Day', note: 'Date' },
  { id: 'article', name: 'Article', note: 'Text' },
  { id: 'sold', name: 'Sold', note: 'Whole number', end: true, sorted: 'descending' as const, mark: ', sorted' },
];
const page = async (start: number, count: number) =>
  Array.from({ length: Math.min(count, TOTAL - start) }, (_, i) => ({ row: start + i + 1, cells: [`day ${start + i}`, null, `${start + i}`] }));

async function grid(props: Record<string, unknown> = {}) {
  const view = render(Grid, { columns, total: TOTAL, page, label: 'Till sales', numbers: 'Row', oncolumn: () => undefined, ...props });
  await waitFor(() => expect(screen.getByText('day 0')).toBeTruthy());
  return { ...view, element: screen.getByRole('grid') };
}

const cell = (row: number, column: number) => document.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`);

describe('a grid of a million rows', () => {
  it('tells how large it is and where each row stands', async () => {
    const { element } = await grid();
    expect(element.getAttribute('aria-rowcount')).toBe('1000001');
    expect(element.getAttribute('aria-colcount')).toBe('4');
    expect(screen.getAllByRole('row').length).toBeLessThan(40);
    expect(cell(0, 0)?.closest('[role="row"]')?.getAttribute('aria-rowindex')).toBe('2');
    expect(screen.getByRole('columnheader', { name: /Sold/ }).getAttribute('aria-sort')).toBe('descending');
  });

  it('goes to exactly the last row with Ctrl+End and back with Ctrl+Home', async () => {
    await grid();
    cell(0, 0)?.focus();
    await fireEvent.keyDown(cell(0, 0) as HTMLElement, { key: 'End', ctrlKey: true });
    await waitFor(() => expect(document.activeElement).toBe(cell(999_999, 2)));
    await waitFor(() => expect(screen.getByText('day 999999')).toBeTruthy());
    expect(cell(1_000_000, 0)).toBeNull();
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'ArrowDown' });
    await waitFor(() => expect(document.activeElement).toBe(cell(999_999, 2)));
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'Home', ctrlKey: true });
    await waitFor(() => expect(document.activeElement).toBe(cell(0, 0)));
  });

  it('is one stop for Tab, and the arrows reach the names', async () => {
    const { element } = await grid();
    expect(element.querySelectorAll('[tabindex="0"]').length).toBe(1);
    cell(0, 0)?.focus();
    await fireEvent.keyDown(cell(0, 0) as HTMLElement, { key: 'ArrowUp' });
    await waitFor(() => expect((document.activeElement as HTMLElement).dataset.cell).toBe('-1:0'));
    expect(document.activeElement?.tagName).toBe('BUTTON');
    expect(element.querySelectorAll('[tabindex="0"]').length).toBe(1);
  });

  it('keeps the focused cell while the list scrolls away', async () => {
    const { element } = await grid();
    cell(0, 0)?.focus();
    element.scrollTop = 4_000_000;
    await fireEvent.scroll(element);
    await waitFor(() => expect(screen.queryByText('day 3')).toBeNull());
    expect(document.activeElement).toBe(cell(0, 0));
  });

  it('opens the menu of a column', async () => {
    const oncolumn = vi.fn();
    await grid({ oncolumn });
    const button = screen.getByRole('button', { name: /Article/ });
    await fireEvent.click(button);
    expect(oncolumn).toHaveBeenCalledWith('article', button);
  });

  it('copies what is selected as text with tabs', async () => {
    const writeText = vi.fn(async () => undefined);
    vi.stubGlobal('navigator', Object.assign(Object.create(navigator), { clipboard: { writeText } }));
    const oncopied = vi.fn();
    await grid({ oncopied });
    cell(0, 0)?.focus();
    for (const key of ['ArrowDown', 'ArrowRight', 'ArrowRight']) {
      await fireEvent.keyDown(document.activeElement as HTMLElement, { key, shiftKey: true });
      await new Promise((done) => setTimeout(done));
    }
    await fireEvent.keyDown(document.activeElement as HTMLElement, { key: 'c', ctrlKey: true });
    await waitFor(() => expect(oncopied).toHaveBeenCalledWith(6));
    expect(writeText).toHaveBeenCalledWith('day 0\t\t0\nday 1\t\t1');
    vi.unstubAllGlobals();
  });

  it('is without faults for a screen reader', async () => {
    const { container } = await grid();
    const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  });

  it('writes hostile cells as text', async () => {
    render(Grid, { columns: columns.slice(0, 1), total: 1, page: async () => [{ row: 1, cells: ['<img src=x onerror=alert(1)>'] }], label: 'x' });
    await waitFor(() => expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy());
    expect(document.querySelector('img')).toBeNull();
  });
});

describe('an empty grid', () => {
  it('says so', () => {
    render(Grid, { columns, total: 0, page, label: 'Till sales', empty: 'No row has that.' });
    expect(screen.getByText('No row has that.')).toBeTruthy();
  });
});

describe('the cursor', () => {
  const key = (name: string, more = {}) => ({ key: name, ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more });

  it('turns pages by what fits on screen and stays inside', () => {
    const cursor = new Cursor();
    cursor.key(key('PageDown'), 100, 3, 17);
    expect(cursor.at).toEqual({ row: 17, column: 0 });
    for (let i = 0; i < 10; i += 1) cursor.key(key('PageDown'), 100, 3, 17);
    expect(cursor.at.row).toBe(99);
    cursor.key(key('ArrowRight', { ctrlKey: true }), 100, 3, 17);
    expect(cursor.at.column).toBe(2);
  });

  it('leaves back and forward to the frame', () => {
    expect(new Cursor().key(key('ArrowLeft', { altKey: true }), 5, 5, 5)).toBe(false);
  });

  it('never selects the names', () => {
    const cursor = new Cursor();
    cursor.key(key('ArrowUp', { shiftKey: true }), 5, 5, 5);
    expect(cursor.at.row).toBe(0);
  });
});

describe('what goes on the clipboard and how wide columns are', () => {
  it('a tab inside a cell does not make another cell', () => {
    expect(asTabbed([['a\tb', 'c\nd', null]])).toBe('a b\tc d\t');
  });

  it('a very long text does not push the others off screen', () => {
    expect(columnWidth({ id: 'a', name: 'A' }, ['x'.repeat(5_000)]).ideal).toBeLessThan(25);
    expect(tracks([{ least: 6, ideal: 6 }, { least: 5, ideal: 8 }], '4em')).toBe('4em minmax(6.00em, 6.00fr) minmax(5.00em, 8.00fr)');
  });

  it('figures are never cut, words may be', () => {
    const texts = ['x'.repeat(24)];
    const figures = columnWidth({ id: 'a', name: 'A', end: true }, texts);
    const words = columnWidth({ id: 'a', name: 'A' }, texts);
    expect(figures.least).toBe(figures.ideal);
    expect(words.least).toBeLessThan(words.ideal);
  });

  it('short words are not cut either', () => {
    const shop = columnWidth({ id: 'a', name: 'Shop' }, ['Market Square', 'Station']);
    expect(shop.least).toBe(shop.ideal);
  });
});
