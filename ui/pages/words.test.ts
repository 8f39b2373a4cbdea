import { beforeEach, describe, expect, it } from 'vitest';
import { matches, hitText } from '../frame/finder';
import { TOPICS } from '../state/help.svelte';
import { LANGUAGES } from '../words';
import { speak, t, tMaybe } from '../state/words.svelte';
import { syncWords } from '../state/sync.svelte';
import type { Hit, NeedCode, Refusal } from '../wire/generated';
import { didWords } from './activity/did';
import { keyTable } from './help/keys';
import { blocksOf, findTopics } from './help/text';
import { PAGES } from './index';
import { needWords } from './today/needs';

beforeEach(() => speak('en', 'en-GB'));

const inEachLanguage = (check: () => void) => {
  for (const { code, region } of LANGUAGES) {
    speak(code, region);
    check();
  }
};

describe('pages', () => {
  it('have a name, a help topic and an address of their own', () => {
    expect(new Set(PAGES.map((page) => page.id)).size).toBe(PAGES.length);
    inEachLanguage(() => {
      for (const page of PAGES) {
        expect(tMaybe(page.words), page.words).not.toBeNull();
        expect(TOPICS, page.help).toContain(page.help);
      }
    });
  });

  it('stand in the sidebar in the order of their keys', () => {
    expect(PAGES.filter((page) => page.inSidebar).map((page) => page.id)).toEqual(['today', 'shelf', 'bring', 'activity']);
  });
});

describe('what needs the person', () => {
  const codes: NeedCode[] = [
    'overdue_mine', 'overdue_followed', 'draft_open', 'publication_held', 'confirm_person', 'things_to_fix', 'two_versions', 'went_backwards',
    'damaged', 'followed_filled',
  ];

  it('is a sentence, its rest and a button for every code', () => {
    inEachLanguage(() => {
      for (const code of codes) {
        const words = needWords({ code, params: { title: 'Till sales', count: 2, name: 'Lea' }, product: 'till-sales', draft: null, writer: null });
        for (const text of [words.lead, words.more, words.button]) expect(text).not.toMatch(/^need-|\{|undefined/);
      }
    });
  });

  it('is a question with two answers where an area brings somebody up', () => {
    inEachLanguage(() => {
      for (const code of ['area_joined', 'area_left'] as const) {
        const params = { title: 'Wages', name: 'Lea', area: 'Bakery', person: 'lea' };
        const words = needWords({ code, params, product: 'wages', draft: null, writer: null });
        expect(words.lead).toContain('Lea');
        expect(words.lead).toContain('Bakery');
        expect(words.other?.button).toBeTruthy();
        expect(words.other?.button).not.toBe(words.button);
      }
    });
  });

  it('says since when, as people say it', () => {
    const words = needWords({ code: 'overdue_mine', params: { title: 'Till sales', since: '2019-03-08T18:00' }, product: 'a', draft: null, writer: null });
    expect(words.lead).toBe('Till sales is overdue since 8 Mar 2019.');
  });
});

describe('what happened', () => {
  const entry = { at: '2026-03-03T07:40:00Z', code: 'published', params: { title: 'Till sales', release: 2, shelf: 'Bakery' }, product: 'till-sales', who: 'Ben' };

  it('is a sentence around its title, which becomes the link', () => {
    expect(didWords(entry)).toEqual({ before: 'Ben put ', title: 'Till sales', after: ' on the shelf Bakery.' });
    speak('de', 'de-DE');
    expect(didWords(entry)).toEqual({ before: 'Ben hat ', title: 'Till sales', after: ' ins Regal Bakery gestellt.' });
  });

  it('has words for every code that is written down', () => {
    const codes = ['brought_in', 'discarded', 'published', 'opened', 'copied', 'started_shelf', 'joined', 'confirmed', 'arrived', 'filled_again'];
    inEachLanguage(() => {
      for (const code of codes) expect(tMaybe(`did-${code.replace('_', '-')}`), code).not.toBeNull();
    });
  });

  it('that nobody has words for still names what it is about', () => {
    expect(didWords({ ...entry, code: 'some_new_code' }).title).toBe('Till sales');
  });

  it('cannot smuggle a second link in by its title', () => {
    const words = didWords({ ...entry, params: { ...entry.params, title: 'a\u0001b' } });
    expect(words.before + words.title + words.after).not.toContain('\u0001\u0001');
    expect(words.title).toBe('a\u0001b');
  });
});

describe('how the shelf stands', () => {
  const away: Refusal = { code: 'unreachable', params: { path: 'S:' }, waiting_helps: true };

  it('is one line, and more where there is more to say', () => {
    const at = new Date(new Date().setHours(9, 12)).toISOString();
    expect(syncWords({ state: { state: 'up_to_date' }, shelf: 'x', at, waiting: [] })).toEqual({ sign: 'good', line: 'Up to date, 09:12', more: null });
    expect(syncWords({ state: { state: 'copying', done: 3, of: 7 }, shelf: 'x', at, waiting: [] }).line).toBe('Copying 3 of 7');
    const words = syncWords({ state: { state: 'working_from_copies', refusal: away }, shelf: 'x', at, waiting: [] });
    expect(words.line).toBe('Working from the copies on this computer');
    expect(words.more).toContain('We cannot reach S: right now.');
    expect(syncWords({ state: { state: 'needs_you', refusal: away }, shelf: 'x', at, waiting: [] }).sign).toBe('you');
    expect(syncWords({ state: { state: 'no_shelf' }, shelf: null, at: null, waiting: [] }).sign).toBe('none');
    expect(syncWords({ state: { state: 'looking' }, shelf: 'x', at: null, waiting: [] }).sign).toBe('busy');
  });

  it('says what waits on this computer, and why underneath', () => {
    const waiting = [{ draft: 'd', title: 'Sales', since: '2026-03-04T09:00:00Z', refusal: null }];
    const words = syncWords({ state: { state: 'paused' }, shelf: 'x', at: null, waiting });
    expect(words).toMatchObject({ sign: 'away', line: 'One waits to go on the shelf' });
    expect(words.more).toContain('Nothing goes to the shelf');
    expect(syncWords({ state: { state: 'needs_you', refusal: { code: 'sign_in', params: { path: 'S:' }, waiting_helps: false } }, shelf: 'x', at: null, waiting }).sign).toBe('you');
  });
});

describe('the help', () => {
  it('has every topic in every language', () => {
    inEachLanguage(() => {
      for (const topic of TOPICS) {
        expect(tMaybe(`help-${topic}-title`), topic).not.toBeNull();
        expect(blocksOf(t(`help-${topic}-text`)).length, topic).toBeGreaterThan(0);
      }
      for (const row of keyTable()) expect(row.does).not.toMatch(/^help-/);
    });
  });

  it('has headings, paragraphs and points, and nothing of it is markup', () => {
    expect(blocksOf('One **bold**\nline.\n\n## Head\n- a\n- <b>b</b>')).toEqual([
      { kind: 'paragraph', runs: [{ text: 'One ', bold: false }, { text: 'bold', bold: true }, { text: ' line.', bold: false }] },
      { kind: 'heading', runs: [{ text: 'Head', bold: false }] },
      { kind: 'points', points: [[{ text: 'a', bold: false }], [{ text: '<b>b</b>', bold: false }]] },
    ]);
  });

  it('is found by any of its words', () => {
    expect(findTopics('', TOPICS)).toHaveLength(TOPICS.length);
    expect(findTopics('zeros front', TOPICS).map((found) => found.topic)).toEqual(['check']);
    expect(findTopics('six words', TOPICS)[0]?.excerpt).toMatch(/^… .* …$/);
    expect(findTopics('xylophone', TOPICS)).toEqual([]);
  });
});

describe('the finder', () => {
  it('takes the beginnings of words, whatever their accents', () => {
    expect(matches('mull back', 'Bäckerei Müller')).toBe(true);
    expect(matches('ller', 'Bäckerei Müller')).toBe(false);
    expect(matches('', 'anything')).toBe(true);
  });

  it('says where the words were found', () => {
    const hit: Hit = { product: 'a', shelf: 's', title: 'Stock levels', area: 'Kitchen', summary: 'On hand.', keeper: 'Lea', place: { field: 'column', name: 'Article' }, rank: 1 };
    expect(hitText(hit)).toBe('Column Article');
    expect(hitText({ ...hit, place: { field: 'title' } })).toBe('On hand.');
    expect(hitText({ ...hit, summary: '', place: { field: 'title' } })).toBe('In Kitchen');
  });
});
