// Ties the rows of a list to the element that scrolls: measures, the wheel, and the focus of a cell.
import { tick } from 'svelte';
import type { Rows } from './rows.svelte';

/** What an element measures before a browser laid it out (tests). */
const UNMEASURED_PX = 400;

/** One scrolling element. */
export class Scroller<Row> {
  #rows: Rows<Row>;
  #element: HTMLElement | null = null;

  /** For these rows. */
  constructor(rows: Rows<Row>) {
    this.#rows = rows;
  }

  /** To be attached to the element that scrolls. Its head is marked with `data-head`. */
  attach = (element: HTMLElement): (() => void) => {
    this.#element = element;
    const scrolled = () => this.#rows.scrolled(element.scrollTop);
    const wheel = (event: WheelEvent) => {
      // A scaled scrollbar would jump over rows: a turn of the wheel moves by the list's own pixels instead.
      if (!this.#rows.scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
      event.preventDefault();
      const unit = event.deltaMode === 1 ? this.#rows.rowHeight : event.deltaMode === 2 ? this.#rows.viewport : 1;
      this.#rows.go(this.#rows.top + event.deltaY * unit);
      this.apply();
    };
    element.addEventListener('scroll', scrolled, { passive: true });
    element.addEventListener('wheel', wheel, { passive: false });
    const measure = () => this.measure();
    measure();
    const observer = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(measure);
    observer?.observe(element);
    // Zoom and density change the height of a row without changing the element.
    const root = typeof MutationObserver === 'undefined' ? null : new MutationObserver(measure);
    root?.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'data-density'] });
    return () => {
      element.removeEventListener('scroll', scrolled);
      element.removeEventListener('wheel', wheel);
      observer?.disconnect();
      root?.disconnect();
      this.#element = null;
    };
  };

  /** Takes the measures of the element again, keeping the first row where it is. */
  measure(): void {
    const element = this.#element;
    if (!element) return;
    const head = element.querySelector<HTMLElement>('[data-head]')?.offsetHeight ?? 0;
    const rowHeight = rowPixels(element);
    const before = this.#rows.rowHeight;
    const firstRow = this.#rows.top / before;
    // While the list is shorter than its greatest height the element grows with it, so its greatest height counts.
    const greatest = parseFloat(getComputedStyle(element).maxHeight);
    const height = Number.isFinite(greatest) ? Math.max(greatest, element.clientHeight) : element.clientHeight;
    this.#rows.viewport = Math.max(rowHeight, (height || UNMEASURED_PX) - head);
    if (element.clientHeight > 0 && element.clientHeight < element.scrollHeight) {
      this.#rows.viewport = Math.max(rowHeight, element.clientHeight - head);
    }
    this.#rows.rowHeight = rowHeight;
    if (rowHeight !== before) {
      this.#rows.go(firstRow * rowHeight);
      this.apply();
    }
  }

  /** Moves the scrollbar to where the list stands. */
  apply(): void {
    const element = this.#element;
    // The spacer may have to grow first.
    void tick().then(() => {
      if (element) element.scrollTop = this.#rows.scrollTop;
    });
  }

  /** Gives the focus to a cell, once it is drawn, and brings its column on screen. */
  focus(row: number, column: number): void {
    const element = this.#element;
    void tick().then(() => {
      // A row that is one cell over all columns is named once.
      const cell =
        element?.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`) ??
        element?.querySelector<HTMLElement>(`[data-cell="${row}:all"]`);
      if (!element || !cell) return;
      cell.focus({ preventScroll: true });
      // Its row is on screen already; its column, and the grid on its page, may not be.
      const wide = cell.dataset.cell?.endsWith(':all') ?? false;
      const left = element.scrollLeft;
      cell.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      if (wide) element.scrollLeft = left;
    });
  }
}

/** The height of a row as the look says it (`--row`, in rem), in pixels. */
function rowPixels(element: HTMLElement): number {
  const said = getComputedStyle(element).getPropertyValue('--row').trim();
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const amount = parseFloat(said);
  if (!Number.isFinite(amount)) return 36;
  return said.endsWith('px') ? amount : amount * rem;
}
