import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import SheetRows from './SheetRows.svelte';
import type { SheetLine } from './grid';

const columns = [
  { id: 'day', name: 'Date', note: 'Date, day first' },
  { id: 'sold', name: 'Sold', note: 'Whole number', end: true },
];
const kept = (row: number, raw: string, value: string | null): SheetLine => ({
  row,
  left_out: null,
  text: null,
  cells: [
    { raw: '03.03.2026', value: '2026-03-03', misfit: false },
    { raw, value, misfit: value === null },
  ],
});
const lines: SheetLine[] = [
  { row: 1, left_out: 'title', text: 'Kassenbericht Filiale 2', cells: [] },
  kept(2, '46', '46'),
  kept(3, 'n/a', null),
  { row: 4, left_out: 'total', text: 'Summe 46', cells: [] },
];

async function sheet(props: Record<string, unknown> = {}) {
  const all = {
    columns,
    total: lines.length,
    page: async (start: number, count: number) => lines.slice(start, start + count),
    label: 'Rows of till.csv',
    show: (value: string) => (value === '2026-03-03' ? '3 Mar 2026' : value),
    leftOut: (line: SheetLine) => `Row ${line.row}: ${line.text}, left out`,
    leftOutWhy: (line: SheetLine) => `why ${line.left_out}`,
    asInFile: (raw: string) => `As in your file: ${raw}`,
    oddity: (cell: { misfit: boolean }) => (cell.misfit ? 'Read as empty' : null),
    oncolumn: () => undefined,
    ...props,
  };
  const view = render(SheetRows, all);
  await waitFor(() => expect(screen.getByText(/Kassenbericht/)).toBeTruthy());
  return view;
}

const cell = (name: string) => document.querySelector<HTMLElement>(`[data-cell="${name}"]`) as HTMLElement;

describe('the rows of a sheet', () => {
  it('show left-out rows with their text and kept rows as they were read', async () => {
    await sheet();
    expect(screen.getByText('Row 1: Kassenbericht Filiale 2, left out')).toBeTruthy();
    expect(screen.getAllByText('3 Mar 2026')).toHaveLength(2);
    expect(cell('0:all').getAttribute('aria-colspan')).toBe('2');
  });

  it('mark what could not be read with a reason, not only a colour', async () => {
    await sheet();
    expect(cell('2:1').textContent).toMatch(/n\/a\s*, Read as empty/);
    expect(cell('2:1').classList).toContain('odd');
    expect(cell('1:1').classList).not.toContain('odd');
  });

  it('tell on focus what stands in the file, and Escape takes it away', async () => {
    await sheet();
    cell('1:0').focus();
    await waitFor(() => expect(screen.getByText(/As in your file: 03.03.2026/)).toBeTruthy());
    const described = cell('1:0').getAttribute('aria-describedby');
    expect(document.getElementById(described ?? '')?.textContent).toContain('03.03.2026');
    await fireEvent.keyDown(cell('1:0'), { key: 'Escape' });
    expect(screen.queryByText(/As in your file/)).toBeNull();
  });

  it('offer what can be done with a row on Enter', async () => {
    const run = vi.fn();
    await sheet({ rowAction: (line: SheetLine) => ({ label: `Leave row ${line.row} out`, run }) });
    cell('1:0').focus();
    await fireEvent.keyDown(cell('1:0'), { key: 'Enter' });
    await fireEvent.click(await screen.findByRole('button', { name: 'Leave row 2 out' }));
    expect(run).toHaveBeenCalledOnce();
  });

  it('let a row be chosen by click and by Enter', async () => {
    const onpick = vi.fn();
    await sheet({ picking: true, onpick });
    await fireEvent.click(cell('0:all'));
    cell('1:0').focus();
    await fireEvent.keyDown(cell('1:0'), { key: 'Enter' });
    expect(onpick.mock.calls).toEqual([[1], [2]]);
  });

  it('move over left-out rows with the arrows', async () => {
    await sheet();
    cell('1:1').focus();
    await fireEvent.keyDown(cell('1:1'), { key: 'ArrowUp' });
    await waitFor(() => expect(document.activeElement).toBe(cell('0:all')));
    await fireEvent.keyDown(cell('0:all'), { key: 'ArrowDown' });
    await waitFor(() => expect(document.activeElement).toBe(cell('1:1')));
  });

  it('point out the rows of a finding', async () => {
    await sheet({ marked: new Set([3]), markedColumn: 'sold', current: 3 });
    expect(cell('2:1').classList).toContain('marked');
    expect(cell('2:0').classList).not.toContain('marked');
    expect(cell('2:1').closest('.row')?.classList).toContain('current');
  });

  it('are without faults for a screen reader', async () => {
    const { container } = await sheet();
    cell('1:0').focus();
    await waitFor(() => expect(screen.getByText(/As in your file/)).toBeTruthy());
    const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
    expect(result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)).toEqual([]);
  });
});
