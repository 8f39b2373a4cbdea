// An answer that stays true: asked when its request changes, and again when the program says that its topics changed.
import { asRefusal, call, type Answer, type CommandName, type Request } from '../wire/call';
import { reads, type Refusal } from '../wire/generated';
import { onChanged } from './events';

/** A living answer. */
export interface Live<K extends CommandName> {
  /** The newest answer; undefined until the first one. */
  readonly value: Answer<K> | undefined;
  /** Why the last question was refused. */
  readonly refusal: Refusal | undefined;
  /** A question is out and nothing can be shown yet. */
  readonly loading: boolean;
  /** A question is out. */
  readonly asking: boolean;
  /** Asks again. */
  reload: () => Promise<void>;
  /** Shows this answer, for commands that answer with the new state. */
  set: (value: Answer<K>) => void;
}

/** How a living answer behaves. */
export interface LiveOptions {
  /** Keep showing the last answer while another request is asked (find as you type). */
  keep?: boolean;
}

/**
 * Asks a command and keeps the answer fresh. To be called while a component starts. A request of `null` asks nothing.
 */
export function live<K extends CommandName>(name: K, request: () => Request<K> | null, options: LiveOptions = {}): Live<K> {
  let value = $state.raw<Answer<K>>();
  let refusal = $state.raw<Refusal>();
  let asking = $state(false);
  let current: Request<K> | null = null;
  let asked: string | undefined;
  let turn = 0;
  let inFlight = false;
  let stale = false;

  async function ask(): Promise<void> {
    const question = current;
    if (question === null) return;
    const mine = ++turn;
    inFlight = true;
    stale = false;
    asking = true;
    try {
      const answer = await call(name, question);
      if (mine !== turn) return;
      value = answer;
      refusal = undefined;
    } catch (thrown) {
      if (mine !== turn) return;
      refusal = asRefusal(thrown);
    }
    inFlight = false;
    asking = false;
    // Something changed while the question was out: the answer may be older than that.
    if (stale) await ask();
  }

  $effect(() => {
    const next = request();
    const key = next === null ? 'null' : JSON.stringify(next);
    if (key === asked) return;
    asked = key;
    current = next;
    turn += 1;
    inFlight = false;
    if (next === null || !options.keep) {
      value = undefined;
      refusal = undefined;
    }
    if (next === null) asking = false;
    else void ask();
  });

  $effect(() =>
    onChanged(reads[name], () => {
      if (inFlight) stale = true;
      else void ask();
    }),
  );

  $effect(() => () => {
    turn += 1;
  });

  return {
    get value() {
      return value;
    },
    get refusal() {
      return refusal;
    },
    get loading() {
      return value === undefined && refusal === undefined;
    },
    get asking() {
      return asking;
    },
    reload: ask,
    set(answer) {
      turn += 1;
      inFlight = false;
      asking = false;
      value = answer;
      refusal = undefined;
      if (stale) void ask();
    },
  };
}
