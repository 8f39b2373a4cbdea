// Where the rows of a very long list stand. Browsers cannot lay out an element of 36 million pixels, so beyond a cap the
// scrollbar is scaled: its way maps to the list's way, and both ends meet exactly.

/** Tallest element that the list makes, in pixels; well below what every browser can lay out. */
export const SPACER_CAP_PX = 8_000_000;

/** Measures of a list: rows in all, pixels per row, and pixels of it on screen. */
export interface Extent {
  rows: number;
  rowHeight: number;
  viewport: number;
}

/** Pixels of all rows together. */
export function fullHeight({ rows, rowHeight }: Extent): number {
  return rows * rowHeight;
}

/** Pixels of the element that carries them. */
export function spacerHeight(extent: Extent): number {
  return Math.min(fullHeight(extent), SPACER_CAP_PX);
}

/** Whether the scrollbar is scaled. */
export function isScaled(extent: Extent): boolean {
  return fullHeight(extent) > SPACER_CAP_PX;
}

/** How far the list can be scrolled, in its own pixels. */
export function furthest(extent: Extent): number {
  return Math.max(0, fullHeight(extent) - extent.viewport);
}

/** The place in the list, in its own pixels, for a place of the scrollbar. */
export function listTop(scrollTop: number, extent: Extent): number {
  const track = Math.max(0, spacerHeight(extent) - extent.viewport);
  if (track === 0) return 0;
  const share = Math.min(1, Math.max(0, scrollTop / track));
  return share * furthest(extent);
}

/** The place of the scrollbar for a place in the list. */
export function scrollTopFor(top: number, extent: Extent): number {
  const range = furthest(extent);
  if (range === 0) return 0;
  const share = Math.min(1, Math.max(0, top / range));
  return share * Math.max(0, spacerHeight(extent) - extent.viewport);
}

/** Rows that stand on screen at a place in the list, with `extra` more on both sides: first and one past the last. */
export function rowsOnScreen(top: number, extent: Extent, extra: number): [number, number] {
  if (extent.rowHeight <= 0) return [0, 0];
  const first = Math.max(0, Math.floor(top / extent.rowHeight) - extra);
  const end = Math.min(extent.rows, Math.ceil((top + extent.viewport) / extent.rowHeight) + extra);
  return [Math.min(first, end), end];
}

/** The place in the list that brings a row fully on screen; the same place if it is there already. */
export function topRevealing(row: number, top: number, extent: Extent): number {
  const above = row * extent.rowHeight;
  const below = above + extent.rowHeight - extent.viewport;
  if (above < top) return above;
  if (below > top) return Math.min(below, furthest(extent));
  return top;
}
