// Files that came in: dropped, browsed, pasted, or handed over by the system. One draft opens at once; several are shown
// together on the page Bring in; one that cannot be read is said where the person is, and nothing else happens.
import { asRefusal, call } from '../wire/call';
import type { BroughtIn, BroughtItem, InvitationNote, Refusal } from '../wire/generated';
import { dropOn } from './next-file';
import { go } from './route.svelte';
import { start } from './start.svelte';

interface Held {
  items: readonly BroughtItem[];
  refusal: Refusal | undefined;
  locked: BroughtItem | undefined;
  invitation: InvitationNote | undefined;
  busy: boolean;
  waiting: string[];
}
const held = $state<Held>({
  items: [],
  refusal: undefined,
  locked: undefined,
  invitation: undefined,
  busy: false,
  waiting: [],
});

export const brought = {
  /** What became of the files that came in last, when they were several. */
  get items(): readonly BroughtItem[] {
    return held.items;
  },
  /** Why the one file that came in last could not be read. */
  get refusal(): Refusal | undefined {
    return held.refusal;
  },
  /** The one file that came in last, while it waits for its password. */
  get locked(): BroughtItem | undefined {
    return held.locked;
  },
  /** The invitation to a shelf that came in last. */
  get invitation(): InvitationNote | undefined {
    return held.invitation;
  },
  /** Files are on their way. */
  get busy(): boolean {
    return held.busy;
  },
  /** Names of files that came in before there was a shelf; they are opened once it is set up. */
  get waiting(): readonly string[] {
    return held.waiting;
  },
  /** Shows what became of files. */
  take(answer: BroughtIn): void {
    brought.clearRefusal();
    const [only, ...others] = answer.items;
    if (!only) {
      dropOn(null);
      return;
    }
    const invited = answer.items.find((item) => item.invitation !== null);
    if (invited?.invitation) {
      held.invitation = invited.invitation;
      dropOn(null);
      // The welcome page shows it by itself.
      if (start.value?.world !== 'fresh') go('shelves', 'invited');
      return;
    }
    if (start.value?.world === 'fresh') {
      held.waiting = [...held.waiting, ...answer.items.filter((item) => item.draft !== null).map((item) => item.file_name)];
    }
    // Only one file can be the next one of a label; a locked one still can once it is open.
    if (others.length > 0 || (only.draft === null && only.locked === null)) dropOn(null);
    if (others.length > 0) {
      held.items = answer.items;
      go('bring');
    } else if (only.draft !== null) {
      held.items = [];
      go('check', only.draft);
    } else if (only.locked !== null) {
      held.locked = only;
    } else if (only.refusal !== null && only.refusal.code !== 'cancelled') {
      held.refusal = only.refusal;
    }
  },
  /** Takes the outcome of the last files off the screen. */
  clear(): void {
    held.items = [];
    brought.clearRefusal();
  },
  /** The invitation was used, or left aside. */
  clearInvitation(): void {
    held.invitation = undefined;
  },
  /** Takes away why the last file could not be read, or what it waits for. */
  clearRefusal(): void {
    held.refusal = undefined;
    held.locked = undefined;
  },
  /** Takes one file out of the outcome. */
  leave(item: BroughtItem): void {
    held.items = held.items.filter((other) => other.locked !== item.locked);
  },
  /** Opens a locked file with its password: one alone goes on as if it had come in now, one of several stays among them. */
  async unlock(item: BroughtItem, password: string): Promise<Refusal | undefined> {
    try {
      const answer = await call('unlock_file', { item: item.locked ?? '', password });
      if (held.items.some((other) => other.locked === item.locked)) {
        held.items = held.items.map((other) => (other.locked === item.locked ? (answer.items[0] ?? other) : other));
      } else {
        brought.take(answer);
      }
      return undefined;
    } catch (thrown) {
      return asRefusal(thrown);
    }
  },
  /** Lets the person choose files. */
  browse: () => bring(() => call('browse_files', {})),
  /** Brings in a table that was copied in another program. */
  paste: (text: string, html: string | null = null) => bring(() => call('paste_table', { text, html })),
  /** Brings in a practice file of the sample bakery. */
  practice: (fileName: string) => bring(() => call('bring_in_practice', { file_name: fileName })),
};

async function bring(ask: () => Promise<BroughtIn>): Promise<void> {
  if (held.busy) return;
  held.busy = true;
  brought.clearRefusal();
  try {
    brought.take(await ask());
  } catch (thrown) {
    const refusal = asRefusal(thrown);
    if (refusal.code !== 'cancelled') held.refusal = refusal;
  } finally {
    held.busy = false;
  }
}

/** Whether a text looks like a copied table: cells with tabs between them, or several lines. */
export function looksLikeTable(text: string): boolean {
  if (text.includes('\t')) return true;
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '').length >= 2;
}
