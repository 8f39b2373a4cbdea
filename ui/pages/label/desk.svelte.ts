// The label while it is written. What the person types is the truth here: it is saved half a second after the last key,
// one save after the other, and no answer ever takes a letter away.
import type { AcceptRequest, Fix, Label, LabelState, Refusal } from '../../wire/generated';

/** What the desk asks the program. */
export interface LabelDoor {
  load: () => Promise<LabelState>;
  describe: (label: Label) => Promise<LabelState>;
  accept: (fields: AcceptRequest['fields']) => Promise<LabelState>;
  fix: (fix: Fix, on: boolean) => Promise<LabelState>;
}

/** Waits this long after the last key before it saves. */
export const PAUSE_MS = 500;
/** And this long after a save that failed. */
export const RETRY_MS = 4_000;

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Equal, or different only by blanks around it: those may still be followed by a word. */
function sameText(a: unknown, b: unknown): boolean {
  return typeof a === 'string' && typeof b === 'string' && a.trim() === b.trim();
}

/** Brings what the program answered into what is on screen: a field that the person has changed since `base` stays as it is. */
export function merge(base: Label, mine: Label, theirs: Label): Label {
  const merged = { ...mine } as Record<keyof Label, unknown>;
  for (const key of Object.keys(theirs) as (keyof Label)[]) {
    if (key === 'columns') continue;
    if (same(mine[key], base[key]) && !sameText(mine[key], theirs[key])) merged[key] = theirs[key];
  }
  merged.columns = theirs.columns.map((column) => {
    const own = mine.columns.find((other) => other.id === column.id);
    const before = base.columns.find((other) => other.id === column.id);
    if (!own || !before) return column;
    const result = { ...own } as Record<keyof typeof column, unknown>;
    for (const key of Object.keys(column) as (keyof typeof column)[]) {
      if (same(own[key], before[key]) && !sameText(own[key], column[key])) result[key] = column[key];
    }
    return result as unknown as typeof column;
  });
  return merged as unknown as Label;
}

/** One label being written. */
export class LabelDesk {
  /** Everything but the label, as the program last said it. */
  state = $state.raw<LabelState | undefined>(undefined);
  /** The label as it stands on screen. */
  label = $state<Label | undefined>(undefined);
  /** Something is typed that is not saved yet. */
  dirty = $state(false);
  /** A save is on its way. */
  saving = $state(false);
  /** Why the last question was refused. */
  refusal = $state.raw<Refusal | undefined>(undefined);

  /** When the program last answered, in milliseconds since 1970. */
  answeredAt = 0;

  #door: LabelDoor;
  #asRefusal: (thrown: unknown) => Refusal;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #queue: Promise<unknown> = Promise.resolve();
  #closed = false;
  /** The label as the program last said it; what differs from it was typed here. */
  #known: Label | undefined;

  constructor(door: LabelDoor, asRefusal: (thrown: unknown) => Refusal) {
    this.#door = door;
    this.#asRefusal = asRefusal;
  }

  /** Asks for the label, or asks again because it may have changed elsewhere. */
  load(): Promise<void> {
    return this.#ask(() => this.#door.load(), false).then(() => undefined);
  }

  /** Changes the label and saves it soon. */
  edit(change: (label: Label) => void): void {
    if (!this.label) return;
    const before = copy(this.label);
    change(this.label);
    if (same(before, this.label)) return;
    this.dirty = true;
    this.#later(PAUSE_MS);
  }

  /** Saves now what is not saved yet, and waits for everything that was asked before. True when all is saved. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.dirty) await this.#save();
    else await this.#queue;
    return !this.dirty;
  }

  /** Accepts suggestions: what was typed is saved first, so that it is never taken for empty. */
  async accept(fields: AcceptRequest['fields']): Promise<boolean> {
    await this.flush();
    return this.#ask(() => this.#door.accept(fields), true);
  }

  /** Switches a repair on or off. */
  async fix(fix: Fix, on: boolean): Promise<boolean> {
    await this.flush();
    return this.#ask(() => this.#door.fix(fix, on), true);
  }

  /** The page goes away: saves what is left. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    if (this.dirty) void this.#save();
  }

  #later(wait: number): void {
    clearTimeout(this.#timer);
    if (!this.#closed) this.#timer = setTimeout(() => void this.#save(), wait);
  }

  #save(): Promise<boolean> {
    return this.#ask(() => {
      // The newest label at the moment of sending, not the one of when the save was asked for.
      this.dirty = false;
      return this.#door.describe(copy(this.label as Label));
    }, true, true);
  }

  /** One question after the other. `saves`: what was sent counts as saved when it is answered, and as unsaved when not. */
  #ask(question: () => Promise<LabelState>, says: boolean, saves = false): Promise<boolean> {
    const done = this.#queue.then(async () => {
      if (saves && !this.dirty) return true;
      this.saving ||= saves;
      try {
        const answer = await question();
        this.#take(answer);
        this.refusal = undefined;
        return true;
      } catch (thrown) {
        if (says || !this.state) this.refusal = this.#asRefusal(thrown);
        if (saves) {
          this.dirty = true;
          this.#later(RETRY_MS);
        }
        return false;
      } finally {
        if (saves) this.saving = false;
      }
    });
    this.#queue = done;
    return done;
  }

  #take(answer: LabelState): void {
    this.state = answer;
    this.answeredAt = Date.now();
    const before = this.#known;
    this.#known = copy(answer.label);
    if (!this.label || !before) {
      this.label = copy(answer.label);
      return;
    }
    const mine = copy(this.label);
    const merged = merge(before, mine, answer.label);
    if (!same(merged, mine)) this.label = merged;
  }
}
