// The rows of a long list: which of them stand on screen, and getting them a page at a time. Knows no wire; pages come
// through a function.
import { furthest, isScaled, listTop, rowsOnScreen, scrollTopFor, spacerHeight, topRevealing, type Extent } from './scroll';

/** Rows that are asked for at once. */
export const PAGE_ROWS = 200;
/** Pages that are kept; older ones are asked for again. */
const KEPT_PAGES = 24;
/** Pages asked for at the same time. */
const AT_ONCE = 2;
/** Rows drawn beyond the edges, so that a small scroll shows no gap. */
const EXTRA_ROWS = 6;

/** Gives rows from `start` (0 is the first), at most `count`. */
export type FetchPage<Row> = (start: number, count: number) => Promise<readonly Row[]>;

interface Page<Row> {
  rows: readonly Row[];
  /** Rows of the list in all when it was asked for. */
  ofTotal: number;
}

/** One list. Set its measures, call `look` after every change, read `window` and `row`. */
export class Rows<Row> {
  /** Rows in all. */
  total = $state(0);
  /** Pixels per row. */
  rowHeight = $state(36);
  /** Pixels of the list on screen. */
  viewport = $state(0);
  /** Place in the list, in its own pixels. */
  top = $state(0);
  /** Place of the scrollbar. */
  scrollTop = $state(0);
  /** Why a page did not come; `null` when all is well. */
  failure = $state<unknown>(null);

  #fetch: FetchPage<Row>;
  #pages = new Map<number, Page<Row>>();
  #stale = new Map<number, Page<Row>>();
  #wanted: number[] = [];
  #under_way = new Set<number>();
  #generation = 0;
  #arrived = $state(0);

  /** A list whose pages come from `fetch`. */
  constructor(fetch: FetchPage<Row>) {
    this.#fetch = fetch;
  }

  /** Its measures. */
  get extent(): Extent {
    return { rows: this.total, rowHeight: this.rowHeight, viewport: this.viewport };
  }
  /** Pixels of the element that carries the rows. */
  get spacer(): number {
    return spacerHeight(this.extent);
  }
  /** Whether a turn of the wheel has to be handled by hand, because the scrollbar is scaled. */
  get scaled(): boolean {
    return isScaled(this.extent);
  }
  /** First row to draw and one past the last. */
  get window(): [number, number] {
    return rowsOnScreen(this.top, this.extent, EXTRA_ROWS);
  }
  /** Whole rows on screen at once, at least one. */
  get perScreen(): number {
    return Math.max(1, Math.floor(this.viewport / this.rowHeight));
  }

  /** Where a row is drawn inside the spacer, in pixels. Rows far off screen are put above it, so that they never make it taller. */
  place(row: number): number {
    const place = this.scrollTop + row * this.rowHeight - this.top;
    const far = this.viewport + (EXTRA_ROWS + 1) * this.rowHeight;
    return Math.abs(place - this.scrollTop) > far ? -2 * this.rowHeight : place;
  }

  /** A row, if it has come. */
  row(index: number): Row | undefined {
    void this.#arrived;
    const number = Math.floor(index / PAGE_ROWS);
    const page = this.#pages.get(number) ?? this.#stale.get(number);
    return page?.rows[index - number * PAGE_ROWS];
  }

  /** Whether a row has come since everything was last asked for again. */
  isHere(index: number): boolean {
    void this.#arrived;
    return this.#pages.has(Math.floor(index / PAGE_ROWS));
  }

  /** The scrollbar stands here now. Returns whether that was news. */
  scrolled(scrollTop: number): boolean {
    // Setting the scrollbar rounds it; what we set ourselves must not move the list again.
    if (Math.abs(scrollTop - this.scrollTop) < 1) return false;
    this.scrollTop = scrollTop;
    this.top = listTop(scrollTop, this.extent);
    return true;
  }

  /** Goes to a place in the list. The caller sets the scrollbar to `scrollTop`. */
  go(top: number): void {
    this.top = Math.min(furthest(this.extent), Math.max(0, top));
    this.scrollTop = scrollTopFor(this.top, this.extent);
  }

  /** Brings a row on screen. */
  reveal(row: number): void {
    this.go(topRevealing(row, this.top, this.extent));
  }

  /** Brings a row to the middle of the screen, unless it is in view already. */
  center(row: number): void {
    if (topRevealing(row, this.top, this.extent) === this.top) return;
    this.go(row * this.rowHeight - (this.viewport - this.rowHeight) / 2);
  }

  /** Everything is to be asked for again; what is there stays visible until the new rows come. */
  renew(fetch: FetchPage<Row> = this.#fetch): void {
    this.#fetch = fetch;
    this.#generation += 1;
    for (const [number, page] of this.#pages) this.#stale.set(number, page);
    this.#pages.clear();
    this.#under_way.clear();
    this.failure = null;
  }

  /** Asks for what stands on screen and has not come yet. */
  look(): void {
    const [first, end] = this.window;
    const wanted: number[] = [];
    for (let number = Math.floor(first / PAGE_ROWS); number * PAGE_ROWS < end; number += 1) {
      if (this.#missing(number)) wanted.push(number);
    }
    // Only the latest wish counts: a fast scroll must not queue up everything that it passed.
    this.#wanted = wanted;
    this.#pump();
  }

  /** Rows from `start` to before `end`, asking for those that are not here. */
  async collect(start: number, end: number): Promise<Row[]> {
    const rows: Row[] = [];
    for (let at = start; at < end; ) {
      const have = this.row(at);
      if (have !== undefined) {
        rows.push(have);
        at += 1;
        continue;
      }
      const page = await this.#fetch(at, Math.min(PAGE_ROWS, end - at));
      if (page.length === 0) break;
      rows.push(...page);
      at += page.length;
    }
    return rows;
  }

  #missing(number: number): boolean {
    if (this.#under_way.has(number)) return false;
    const page = this.#pages.get(number);
    if (!page) return true;
    const due = Math.min(PAGE_ROWS, this.total - number * PAGE_ROWS);
    return page.rows.length < due && page.ofTotal !== this.total;
  }

  #pump(): void {
    while (this.#under_way.size < AT_ONCE) {
      const number = this.#wanted.shift();
      if (number === undefined) return;
      if (this.#missing(number)) void this.#get(number);
    }
  }

  async #get(number: number): Promise<void> {
    const generation = this.#generation;
    const ofTotal = this.total;
    this.#under_way.add(number);
    try {
      const rows = await this.#fetch(number * PAGE_ROWS, PAGE_ROWS);
      if (generation !== this.#generation) return;
      this.#pages.delete(number);
      this.#pages.set(number, { rows, ofTotal });
      this.#stale.delete(number);
      this.#forget();
      this.failure = null;
      this.#arrived += 1;
    } catch (thrown) {
      if (generation === this.#generation) this.failure = thrown;
    } finally {
      if (generation === this.#generation) {
        this.#under_way.delete(number);
        if (this.failure === null) this.#pump();
      }
    }
  }

  #forget(): void {
    for (const number of this.#pages.keys()) {
      if (this.#pages.size <= KEPT_PAGES) break;
      this.#pages.delete(number);
    }
    if (this.#stale.size > KEPT_PAGES) this.#stale.clear();
  }
}
