// The three honest steps of a publication, in words.
import type { Step } from '../../parts/types';
import { refusalWords } from '../../state/refusals';
import { formatSize, formatWhen, t } from '../../state/words.svelte';
import type { JobNote, Publication } from '../../wire/generated';

type State = Step['state'];
const word = (state: State): string => t(`publish-state-${state}`);

/** Saved here, copied to the shelf, seen by colleagues. Without a publication yet the first step goes on. */
export function publicationSteps(publication: Publication | null, job: JobNote | undefined): Step[] {
  const saved: State = publication?.saved ? 'done' : 'busy';
  return [
    { title: t(saved === 'done' ? 'publish-saved' : 'publish-saving'), state: saved, word: word(saved) },
    copied(publication, job),
    seen(publication),
  ];
}

function copied(publication: Publication | null, job: JobNote | undefined): Step {
  const title = t('publish-copied');
  if (!publication?.saved) return { title, state: 'todo', word: word('todo') };
  if (publication.copied) return { title, text: t('publish-copied-text'), state: 'done', word: word('done') };
  if (publication.refusal) {
    const words = refusalWords(publication.refusal);
    // What waiting mends is held up; what it does not mend needs a person.
    const state: State = publication.refusal.waiting_helps ? 'waiting' : 'stop';
    const held = publication.refusal.waiting_helps ? ` ${t('publish-copying-held')}` : '';
    return { title, text: `${words.title}. ${words.sentence}${held}`, state, word: word(state) };
  }
  const { copied_bytes: done, total_bytes: of } = publication;
  const share = of > 0 ? done / of : job && job.of > 0 ? job.done / job.of : undefined;
  const text = of > 0 ? t('publish-copying', { done: formatSize(done), of: formatSize(of) }) : undefined;
  return { title, text, state: 'busy', word: word('busy'), share };
}

function seen(publication: Publication | null): Step {
  const title = t('publish-seen-step');
  if (!publication?.copied) return { title, state: 'todo', word: word('todo') };
  if (publication.seen_by.length > 0) {
    const text = publication.seen_by
      .map((who) => (who.at ? t('publish-seen-by', { name: who.name, when: formatWhen(who.at) }) : t('publish-seen-by-plain', { name: who.name })))
      .join(' · ');
    return { title, text, state: 'done', word: word('done') };
  }
  if (publication.others === 0) return { title, text: t('publish-seen-alone'), state: 'done', word: word('done') };
  return { title, text: t('publish-seen-waiting'), state: 'waiting', word: word('waiting') };
}
