import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dropOn, hasSpots, onPageOf, spotAt, takeNextFor } from './next-file';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('a file that comes in on the page of a data product', () => {
  const till = { product: 'till-sales', title: 'Till sales' };

  it('goes on with it, once', () => {
    const leave = onPageOf(till);
    leave();
    expect(takeNextFor()).toEqual(till);
    expect(takeNextFor()).toBeNull();
  });

  it('has nothing to do with a page that was left before', () => {
    onPageOf(till)();
    vi.advanceTimersByTime(2_000);
    expect(takeNextFor()).toBeNull();
  });

  it('goes on with the page that is open, not with the one before', () => {
    const leave = onPageOf(till);
    leave();
    onPageOf({ product: 'stock', title: 'Stock levels' });
    vi.advanceTimersByTime(2_000);
    expect(takeNextFor()?.product).toBe('stock');
  });
});

describe('a file that is dropped on a label', () => {
  const stock = { product: 'stock', title: 'Stock levels' };

  it('goes on with it, whichever page is open', () => {
    onPageOf({ product: 'till-sales', title: 'Till sales' });
    dropOn(stock);
    expect(takeNextFor()).toEqual(stock);
    expect(takeNextFor()).toBeNull();
  });

  it('is found by the label under the point', () => {
    const label = document.createElement('article');
    label.dataset.dropFor = 'stock';
    label.dataset.dropTitle = 'Stock levels';
    const [inside, outside] = [document.createElement('p'), document.createElement('p')];
    label.append(inside);
    document.body.append(label, outside);
    expect(hasSpots()).toBe(true);
    document.elementsFromPoint = () => [inside];
    expect(spotAt(1, 1)).toMatchObject(stock);
    document.elementsFromPoint = () => [outside];
    expect(spotAt(1, 1)).toBeNull();
  });
});
