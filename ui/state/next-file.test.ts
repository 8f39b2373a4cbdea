import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onPageOf, takeNextFor } from './next-file';

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
