// The rows of one release as a person looks at them: sorted, filtered, a page at a time.
import type { GridRow } from '../../parts/grid';
import type { FetchPage } from '../../parts/rows.svelte';
import { asRefusal, call } from '../../wire/call';
import type { Filter, Refusal, Sort, ViewNote } from '../../wire/generated';

/** Rows that go on paper. */
export const PRINTED_ROWS = 30;

/** One look at the rows of a release. */
export class RowsView {
  /** Sorted by these, first counts most. */
  sorts = $state.raw<readonly Sort[]>([]);
  /** Only rows that pass all of these. */
  filters = $state.raw<readonly Filter[]>([]);
  /** What is found in any column; kept apart from the filters of single columns. */
  anywhere = $state('');
  /** The view that is shown. */
  view = $state.raw<ViewNote | null>(null);
  /** Another view is being opened. */
  opening = $state(false);
  /** Why no view could be opened. */
  refusal = $state.raw<Refusal | null>(null);
  /** The first rows, for paper. */
  first = $state.raw<readonly GridRow[]>([]);

  #product: string;
  #release: number;
  #turn = 0;

  constructor(product: string, release: number) {
    this.#product = product;
    this.#release = release;
  }

  /** Whether all rows are shown. */
  get whole(): boolean {
    return this.filters.length === 0 && this.anywhere.trim() === '';
  }

  /** Opens the view that was asked for; the one before stays on screen until it is there. */
  async open(): Promise<void> {
    const mine = ++this.#turn;
    const word = this.anywhere.trim();
    const filters: Filter[] = [...this.filters, ...(word === '' ? [] : [{ column: '', test: 'contains' as const, text: word }])];
    this.opening = true;
    try {
      const view = await call('open_view', { product: this.#product, release: this.#release, sorts: [...this.sorts], filters });
      if (mine !== this.#turn) return;
      this.view = view;
      this.refusal = null;
    } catch (thrown) {
      if (mine !== this.#turn) return;
      this.refusal = asRefusal(thrown);
    }
    this.opening = false;
  }

  /** Rows of the view. */
  page: FetchPage<GridRow> = async (start, count) => {
    const view = this.view;
    if (!view) return [];
    const rows = await call('view_rows', { view: view.view, start, count });
    if (start === 0 && view === this.view) this.first = rows.slice(0, PRINTED_ROWS);
    return rows;
  };

  /** Sorts by one column, or no longer. */
  sort(column: string, descending: boolean | null): void {
    this.sorts = descending === null ? this.sorts.filter((sort) => sort.column !== column) : [{ column, descending }];
    void this.open();
  }

  /** One more filter; the same question about the same column is asked only once. */
  filter(filter: Filter): void {
    this.filters = [...this.filters.filter((other) => !(other.column === filter.column && other.test === filter.test)), filter];
    void this.open();
  }

  /** Takes a filter away. */
  unfilter(filter: Filter): void {
    this.filters = this.filters.filter((other) => other !== filter);
    void this.open();
  }

  /** Shows all rows again. */
  clear(): void {
    this.filters = [];
    this.anywhere = '';
    void this.open();
  }
}
