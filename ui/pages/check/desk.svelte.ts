// One draft on the check page: how it was read, choices made one after the other, and the rows that go with them.
import type { SheetLine } from '../../parts/grid';
import type { FetchPage } from '../../parts/rows.svelte';
import { jobs } from '../../state/jobs.svelte';
import { live } from '../../state/live.svelte';
import { toasts } from '../../state/toasts.svelte';
import { asRefusal, call } from '../../wire/call';
import type { Choice, DraftMode, DraftState, Finding, KindPreview, ProductId } from '../../wire/generated';

/** What the check page works on. To be made while the page starts. */
export class CheckDesk {
  /** Which draft. */
  readonly id: string;
  /** A choice is on its way. */
  acting = $state(false);

  #draft;
  /** The first rows have come. */
  came = $state(false);
  #acts = $state(0);
  #total = $state(0);
  #queue: Promise<void> = Promise.resolve();

  constructor(id: string) {
    this.id = id;
    this.#draft = live('draft', () => ({ draft: id }));
    // The end of the reading is told by its job; ask once more in case that came before the answer.
    $effect(() => {
      const job = this.busyJob;
      if (job && jobs.of(job)?.state.state !== undefined && jobs.of(job)?.state.state !== 'running') void this.#draft.reload();
    });
  }

  /** The draft, once it is known. */
  get draft(): DraftState | undefined {
    return this.#draft.value;
  }
  /** Why there is no draft. */
  get refusal() {
    return this.#draft.value ? undefined : this.#draft.refusal;
  }
  /** Asks again. */
  reload = (): void => void this.#draft.reload();

  /** The job that reads the file, while it does. */
  get busyJob(): string | null {
    const read = this.draft?.read;
    return read?.state === 'busy' ? read.job : null;
  }
  /** Rows read so far, while the file is read. */
  get rowsSoFar(): number {
    const read = this.draft?.read;
    return read?.state === 'busy' ? Math.max(read.rows, jobs.of(read.job)?.done ?? 0) : 0;
  }
  /** Rows of the sheet that can be shown. */
  get total(): number {
    return Math.max(this.#total, this.draft?.reading?.sheet_rows ?? 0);
  }
  /** Changes whenever the rows have to be asked for again. */
  get version(): string {
    return `${this.#acts} ${this.draft?.read.state ?? ''}`;
  }

  /** Rows of the sheet. */
  page: FetchPage<SheetLine> = async (start, count) => {
    const version = this.version;
    const answer = await call('draft_rows', { draft: this.id, start, count });
    if (version === this.version) this.#total = answer.total;
    this.came = true;
    return answer.rows;
  };

  /** Makes a choice. */
  choose = (choice: Choice): Promise<boolean> => this.#act(() => call('draft_choose', { draft: this.id, choice }));
  /** Takes the last choice back. */
  undo = (): Promise<boolean> => this.#act(() => call('draft_undo', { draft: this.id }));
  /** Makes it again. */
  redo = (): Promise<boolean> => this.#act(() => call('draft_redo', { draft: this.id }));
  /** Reads anew, without choices. */
  startOver = (): Promise<boolean> => this.#act(() => call('draft_start_over', { draft: this.id }));
  /** Says on which data product's label the file was dropped. */
  mean = (product: ProductId): Promise<boolean> => this.#act(() => call('mean_draft_for', { draft: this.id, product }));
  /** Says what the rows go on with. */
  useFor = (product: ProductId | null, mode: DraftMode): Promise<boolean> =>
    this.#act(() => call('use_draft_for', { draft: this.id, product, mode }));
  /** Takes a joined file out again. */
  takeOut = (file: string): Promise<boolean> => this.#act(() => call('take_out_file', { draft: this.id, file }));
  /** How a column would read as each kind. */
  kinds = (column: string): Promise<KindPreview[]> => call('draft_kinds', { draft: this.id, column });

  /** Stops reading. */
  async cancel(): Promise<void> {
    const job = this.busyJob;
    if (!job) return;
    try {
      await jobs.cancel(job);
      await this.#draft.reload();
    } catch (thrown) {
      toasts.refused(asRefusal(thrown));
    }
  }

  /** One after the other: a fast second click must not be answered by the state after the first. */
  #act(ask: () => Promise<DraftState>): Promise<boolean> {
    const done = this.#queue.then(async () => {
      this.acting = true;
      try {
        const answer = await ask();
        this.#total = 0;
        this.#draft.set(answer);
        this.#acts += 1;
        return true;
      } catch (thrown) {
        toasts.refused(asRefusal(thrown));
        return false;
      } finally {
        this.acting = false;
      }
    });
    this.#queue = done.then(() => undefined);
    return done;
  }
}

/** Rows of a finding that are being looked at one by one. */
export class Tour {
  /** Which finding; null while none is looked at. */
  finding = $state.raw<Finding | null>(null);
  /** Which of its rows. */
  index = $state(0);

  /** The rows to point out. */
  readonly marked = $derived(new Set(this.finding?.rows ?? []));
  /** The row looked at now. */
  get current(): number | null {
    return this.finding?.rows[this.index] ?? null;
  }
  /** The column to point out; none for whole rows. */
  get column(): string | null {
    return this.finding?.column ?? null;
  }
  /** Whether this finding is the one looked at, also after it was found again. */
  shows(finding: Finding): boolean {
    return this.finding?.code === finding.code && this.finding.column === finding.column;
  }
  /** Begins with the first row. */
  begin(finding: Finding): void {
    this.finding = finding;
    this.index = 0;
  }
  /** One row on or back, round and round. */
  step(by: 1 | -1): void {
    const count = this.finding?.rows.length ?? 0;
    if (count > 0) this.index = (this.index + by + count) % count;
  }
  end(): void {
    this.finding = null;
  }
}
