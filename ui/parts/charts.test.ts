import { fireEvent, render, screen } from '@testing-library/svelte';
import axe from 'axe-core';
import { describe, expect, it, vi } from 'vitest';
import Bars from './Bars.svelte';
import Histogram from './Histogram.svelte';
import Lineage from './Lineage.svelte';
import Sparkline from './Sparkline.svelte';
import TopValues from './TopValues.svelte';
import { place, type LineageEdge, type LineageNode } from './lineage';

async function faults(container: HTMLElement): Promise<string[]> {
  const result = await axe.run(container, { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } });
  return result.violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`);
}

describe('a histogram', () => {
  const bars = [{ count: 0, title: '0 to 10: 0 rows' }, { count: 1, title: '10 to 20: 1 row' }, { count: 1000, title: '20 to 30: 1,000 rows' }];
  const heights = () => [...document.querySelectorAll('rect.bar')].map((bar) => Number(bar.getAttribute('height')));

  it('is a picture with a sentence', async () => {
    const { container } = render(Histogram, { bars, sentence: 'How Sold is spread: from 0 to 30.' });
    expect(screen.getByRole('img', { name: 'How Sold is spread: from 0 to 30.' })).toBeTruthy();
    expect(await faults(container)).toEqual([]);
  });

  it('shows a single row among a thousand, and nothing where nothing is', () => {
    render(Histogram, { bars, sentence: 'x', height: 44 });
    const [none = -1, one = 0, most = 0] = heights();
    expect(none).toBe(0);
    expect(one).toBeGreaterThan(1);
    expect(most).toBeCloseTo(43, 5);
  });

  it('draws one bar over the whole width, and survives having none', () => {
    const { unmount } = render(Histogram, { bars: [{ count: 5, title: 'all' }], sentence: 'x', width: 200 });
    expect(Number(document.querySelector('rect.bar')?.getAttribute('width'))).toBeCloseTo(200, 5);
    unmount();
    render(Histogram, { bars: [], sentence: 'nothing' });
    expect(heights()).toEqual([]);
  });

  it('says the range and count of each bar', () => {
    render(Histogram, { bars, sentence: 'x' });
    expect([...document.querySelectorAll('g title')].map((title) => title.textContent)).toEqual(bars.map((bar) => bar.title));
  });
});

describe('bars and frequent values', () => {
  it('are a list that reads without the picture', async () => {
    const { container } = render(Bars, { label: 'Rows by day', items: [{ name: 'Monday', amount: 10, words: '10 rows' }, { name: 'Tuesday', amount: 5, words: '5 rows' }] });
    expect(screen.getByRole('list', { name: 'Rows by day' }).textContent).toMatch(/Monday\s*10 rows\s*Tuesday\s*5 rows/);
    expect([...container.querySelectorAll<HTMLElement>('.bar')].map((bar) => bar.style.width)).toEqual(['100%', '50%']);
    expect(await faults(container)).toEqual([]);
  });

  it('show the first few and say how many others there are', () => {
    const values = Array.from({ length: 9 }, (_, i) => ({ text: `value ${i}`, count: 9 - i, words: String(9 - i) }));
    render(TopValues, { values, label: 'Most frequent', others: 'and 4 others' });
    expect(screen.getAllByRole('listitem')).toHaveLength(5);
    expect(screen.getByText('and 4 others')).toBeTruthy();
  });
});

describe('a sparkline', () => {
  it('is a picture with a sentence, also for a flat line and gaps', () => {
    render(Sparkline, { points: [3, 3, null, 3], sentence: 'Rows from version 1 to 4' });
    const path = screen.getByRole('img', { name: 'Rows from version 1 to 4' }).querySelector('path')?.getAttribute('d') ?? '';
    expect(path).not.toMatch(/NaN/);
    expect(path.match(/M/g)).toHaveLength(2);
  });
});

describe('where it comes from', () => {
  const nodes: LineageNode[] = [
    { id: 'here', name: 'Stock levels', what: 'this data product', kind: 'here' },
    { id: 'file 0', name: 'count.xlsx', what: 'file, 12 rows', kind: 'file' },
    { id: 'looks_up price-list', name: 'Price list', what: 'looked up by Article', kind: 'other', color: 2, open: true },
  ];
  const edges: LineageEdge[] = [{ from: 'file 0', to: 'here', words: '' }, { from: 'looks_up price-list', to: 'here', words: 'Article' }];
  const props = { nodes, edges, label: 'Where Stock levels comes from', asList: 'Show as list', asPicture: 'Show as picture' };

  it('goes from left to right without boxes over each other', () => {
    const picture = place(nodes, edges);
    const [here, file, other] = picture.nodes as [(typeof picture.nodes)[0], (typeof picture.nodes)[0], (typeof picture.nodes)[0]];
    expect(here.left).toBeGreaterThan(file.left + file.width);
    expect(Math.abs(file.top - other.top)).toBeGreaterThanOrEqual(file.height);
    expect(picture.edges.every((edge) => edge.path.startsWith('M'))).toBe(true);
  });

  it('survives circles, unknown ends and many boxes', () => {
    const many = Array.from({ length: 60 }, (_, i): LineageNode => ({ id: `n${i}`, name: `Node ${i}`, what: '', kind: 'other' }));
    const lines = many.map((node, i) => ({ from: node.id, to: many[(i + 1) % 60]?.id ?? '', words: '' }));
    const picture = place(many, [...lines, { from: 'n0', to: 'nowhere', words: '' }, { from: 'n0', to: 'n0', words: '' }]);
    expect(picture.nodes).toHaveLength(60);
    expect(Number.isFinite(picture.width + picture.height)).toBe(true);
  });

  it('opens what can be opened, as a picture and as a list', async () => {
    const onopen = vi.fn();
    const { container } = render(Lineage, { ...props, onopen });
    await fireEvent.click(screen.getByRole('button', { name: /Price list/ }));
    expect(screen.queryByRole('button', { name: /count\.xlsx/ })).toBeNull();
    expect(await faults(container)).toEqual([]);
    await fireEvent.click(screen.getByRole('button', { name: 'Show as list' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
    await fireEvent.click(screen.getByRole('button', { name: 'Price list' }));
    expect(onopen.mock.calls).toEqual([['looks_up price-list'], ['looks_up price-list']]);
    expect(await faults(container)).toEqual([]);
  });
});
