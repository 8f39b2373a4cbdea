// What a person does about people and their computers: one command each, and what became of it is said.
import { toasts } from '../../state/toasts.svelte';
import { dashed, t } from '../../state/words.svelte';
import { asRefusal } from '../../wire/call';
import type { PeoplePage } from '../../wire/generated';

/** What became of a decision, in words. */
export function outcomeWords(page: PeoplePage): string {
  const outcome = page.outcome;
  if (!outcome) return t('outcome-done');
  return t(`outcome-${dashed(outcome.state)}`, { missing: outcome.state === 'proposed' ? outcome.missing : 0 });
}

/** Does one thing after another for a page; `busy` names the one that goes on. */
export class Deeds {
  busy = $state('');

  constructor(private readonly set: (page: PeoplePage) => void) {}

  /** Answers whether it was done. */
  async do(name: string, ask: () => Promise<PeoplePage>, said?: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = name;
    try {
      const page = await ask();
      this.set(page);
      const plain = page.outcome === null || page.outcome.state === 'done';
      toasts.show({ text: plain && said ? said : outcomeWords(page) });
      return true;
    } catch (thrown) {
      toasts.refused(asRefusal(thrown));
      return false;
    } finally {
      this.busy = '';
    }
  }
}
