import { describe, expect, it } from 'vitest';
import { SPACER_CAP_PX, isScaled, listTop, rowsOnScreen, scrollTopFor, spacerHeight, topRevealing } from './scroll';

const short = { rows: 100, rowHeight: 36, viewport: 360 };
const million = { rows: 1_000_000, rowHeight: 36, viewport: 612 };

describe('a list that fits', () => {
  it('is scrolled pixel by pixel', () => {
    expect(isScaled(short)).toBe(false);
    expect(spacerHeight(short)).toBe(3600);
    for (const top of [0, 1, 777, 3240]) {
      expect(listTop(top, short)).toBeCloseTo(top, 6);
      expect(scrollTopFor(top, short)).toBeCloseTo(top, 6);
    }
  });

  it('shorter than its window is not scrolled at all', () => {
    const tiny = { rows: 3, rowHeight: 36, viewport: 360 };
    expect(listTop(50, tiny)).toBe(0);
    expect(scrollTopFor(50, tiny)).toBe(0);
    expect(rowsOnScreen(0, tiny, 6)).toEqual([0, 3]);
  });
});

describe('a list of a million rows', () => {
  it('stays below the tallest element that a browser lays out', () => {
    expect(isScaled(million)).toBe(true);
    expect(spacerHeight(million)).toBe(SPACER_CAP_PX);
  });

  it('reaches exactly the last row at the end of the scrollbar', () => {
    const end = listTop(SPACER_CAP_PX - million.viewport, million);
    expect(end).toBe(36_000_000 - 612);
    expect(rowsOnScreen(end, million, 0)).toEqual([999_983, 1_000_000]);
  });

  it('maps there and back within a hundredth of a pixel', () => {
    for (const top of [0, 36, 1_234_567, 35_999_388]) {
      expect(listTop(scrollTopFor(top, million), million)).toBeCloseTo(top, 2);
    }
  });

  it('does not run over the end', () => {
    expect(listTop(99_000_000, million)).toBe(36_000_000 - 612);
    expect(listTop(-5, million)).toBe(0);
  });
});

describe('bringing a row on screen', () => {
  it('moves only when it has to', () => {
    expect(topRevealing(5, 0, short)).toBe(0);
    expect(topRevealing(10, 0, short)).toBe(36);
    expect(topRevealing(2, 360, short)).toBe(72);
    expect(topRevealing(99, 0, short)).toBe(3240);
  });
});
