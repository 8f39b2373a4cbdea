import { FluentBundle, FluentResource } from '@fluent/bundle';
import { beforeEach, describe, expect, it } from 'vitest';
import { LANGUAGES, wordsOf } from '../words';
import {
  alignsRight, capital, formatCell, formatDay, formatMoney, formatSince, formatSize, formatWhen, languageFor, region, speak, t, tMaybe,
} from './words.svelte';

/** Every id (and `id.attribute`) of a language, with the file that it stands in. */
function idsOf(code: string): Map<string, string> {
  const ids = new Map<string, string>();
  for (const [file, text] of Object.entries(wordsOf(code))) {
    for (const entry of new FluentResource(text).body) {
      if (entry.id.startsWith('-')) continue;
      const names = [entry.value ? entry.id : null, ...Object.keys(entry.attributes).map((name) => `${entry.id}.${name}`)];
      for (const name of names) {
        if (name === null) continue;
        expect(ids.get(name), `${name} stands in two files`).toBeUndefined();
        ids.set(name, file);
      }
    }
  }
  return ids;
}

beforeEach(() => speak('en', 'en-GB'));

describe('the words', () => {
  it('are the same ids in every language, each in one file only', () => {
    const first = [...idsOf('en').keys()].sort();
    for (const language of LANGUAGES) expect([...idsOf(language.code).keys()].sort()).toEqual(first);
  });

  it('read without errors and leave no value open', () => {
    for (const { code } of LANGUAGES) {
      const bundle = new FluentBundle(code, { useIsolating: false });
      for (const [file, text] of Object.entries(wordsOf(code))) {
        const entries = new FluentResource(text).body.length;
        const begun = text.split('\n').filter((line) => /^-?[a-z][\w-]* *=/.test(line)).length;
        expect(entries, `${code}/${file} has texts that do not read`).toBe(begun);
        expect(bundle.addResource(new FluentResource(text)), `${code}/${file}`).toEqual([]);
      }
      for (const id of idsOf(code).keys()) {
        const [message = '', attribute] = id.split('.');
        const found = bundle.getMessage(message);
        const pattern = attribute ? found?.attributes[attribute] : found?.value;
        const errors: Error[] = [];
        // Unknown values are the caller's business; an unknown text or a broken choice is ours.
        bundle.formatPattern(pattern ?? '', {}, errors);
        expect(errors.filter((error) => !/\$/.test(error.message)), `${code}/${id}`).toEqual([]);
      }
    }
  });

  it('never say a bare product, and never shout', () => {
    for (const [id, file] of idsOf('en')) {
      const text = t(id);
      expect(text, `${file}: ${id}`).not.toMatch(/!|\boops\b|\bplease\b/i);
      expect(text.replace(/data products?|\{\$\w+\}/gi, ''), `${file}: ${id}`).not.toMatch(/\bproducts?\b/i);
    }
  });

  it('fall back to English where a language lacks one, and to the id where nobody has it', () => {
    speak('de', 'de-DE');
    expect(t('common-yes')).toBe('ja');
    expect(t('no-such-text')).toBe('no-such-text');
    expect(tMaybe('no-such-text')).toBeNull();
    expect(t('refusal-locked.title', { file: 'x.csv' })).toContain('x.csv');
  });

  it('are told apart by number', () => {
    expect(t('common-rows', { count: 1 })).toBe('1 row');
    expect(t('common-rows', { count: 11204 })).toBe('11,204 rows');
    speak('de', 'de-AT');
    expect(t('common-things', { count: 2 })).toBe('2 Datenprodukte');
  });

  it('take out what turns the direction of the text around it', () => {
    expect(t('need-draft-open', { title: 'a\u202Egpj.exe\u202C' })).toBe('agpj.exe is not on the shelf yet.');
  });

  it('join lists and tell their length', () => {
    expect(t('did-confirmed', { who: 'Anna', names: ['Ben', 'Lea', 'Mehmet'] })).toBe('Anna confirmed Ben, Lea and Mehmet.');
  });
});

describe('the language', () => {
  it('is the one that was chosen, else the one of the system', () => {
    expect(languageFor('de_AT.UTF-8')).toBe('de');
    expect(languageFor('fr-FR')).toBe('en');
    speak(null, 'de_CH.UTF-8');
    expect(t('common-no')).toBe('nein');
    expect(region()).toBe('de-CH');
  });

  it('brings its own figures where the system speaks another one', () => {
    speak('en', 'de-DE');
    expect(region()).toBe('en-GB');
    speak('en', 'C');
    expect(region()).toBe('en-GB');
    speak('en', 'en-US');
    expect(region()).toBe('en-US');
  });
});

describe('a cell', () => {
  it('that is empty is an empty text', () => {
    expect(formatCell(null, { kind: 'integer' })).toBe('');
  });

  it('keeps the zeros of a code and the words of a text', () => {
    expect(formatCell('00417', { kind: 'code' })).toBe('00417');
    expect(formatCell('<b>Rye</b>', { kind: 'text' })).toBe('<b>Rye</b>');
  });

  it('with a whole number has its figures grouped, but a year stays in one piece', () => {
    expect(formatCell('2026', { kind: 'integer' })).toBe('2026');
    expect(formatCell('-1234567', { kind: 'integer' })).toBe('-1,234,567');
    expect(formatCell('9223372036854775807', { kind: 'integer' })).toBe('9,223,372,036,854,775,807');
  });

  it('with a number shows all its decimals', () => {
    expect(formatCell('1234.5', { kind: 'number' })).toBe('1,234.5');
    expect(formatCell('0.125', { kind: 'number' })).toBe('0.125');
    speak('de', 'de-DE');
    expect(formatCell('1234.5', { kind: 'number' })).toBe('1.234,5');
  });

  it('with money has its two decimals, or as many as its column says', () => {
    expect(formatCell('3.2', { kind: 'money' })).toBe('3.20');
    expect(formatCell('1250', { kind: 'money', decimals: 0 })).toBe('1,250');
    expect(formatCell('0.1255', { kind: 'money' })).toBe('0.1255');
  });

  it('with a percentage is no fraction', () => {
    expect(formatCell('0.19', { kind: 'percent' })).toBe('19%');
  });

  it('with a date is no ISO date', () => {
    expect(formatCell('2026-03-03', { kind: 'date' })).toBe('3 Mar 2026');
    expect(formatCell('0099-03-03', { kind: 'date' })).toContain('99');
    expect(formatCell('2026-03-03T07:40:00', { kind: 'date_time' })).toBe('3 Mar 2026, 07:40');
    expect(formatCell('07:40:00', { kind: 'time' })).toBe('07:40');
    expect(formatCell('07:40:05', { kind: 'time' })).toBe('07:40:05');
    speak('de', 'de-DE');
    expect(formatCell('2026-03-03', { kind: 'date' })).toBe('03.03.2026');
  });

  it('with a yes or no says it in words', () => {
    expect(formatCell('true', { kind: 'boolean' })).toBe('yes');
    speak('de', 'de-DE');
    expect(formatCell('false', { kind: 'boolean' })).toBe('nein');
  });

  it('whose text does not fit its kind stays as it is', () => {
    expect(formatCell('n/a', { kind: 'integer' })).toBe('n/a');
    expect(formatCell('n/a', { kind: 'number' })).toBe('n/a');
    expect(formatCell('soon', { kind: 'date' })).toBe('soon');
    expect(formatCell('', { kind: 'money' })).toBe('');
  });

  it('stands at the right where figures line up', () => {
    expect(alignsRight('money')).toBe(true);
    expect(alignsRight('code')).toBe(false);
  });
});

describe('a moment', () => {
  const at = (days: number, hour: number) => {
    const date = new Date();
    date.setDate(date.getDate() + days);
    date.setHours(hour, 40, 0, 0);
    return date.toISOString();
  };

  it('is named by how far it is', () => {
    expect(formatWhen(at(0, 7))).toBe('today 07:40');
    expect(formatWhen(at(-1, 19))).toBe('yesterday 19:40');
    expect(formatWhen(at(-1, 19), true)).toBe('yesterday');
    expect(formatSince(at(-1, 19))).toBe('since yesterday');
    expect(formatWhen(at(-3, 9))).toMatch(/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$/);
    expect(formatWhen('2019-03-03T10:00:00Z')).toBe('3 Mar 2019');
    expect(formatDay(at(0, 9))).toBe('Today');
    speak('de', 'de-DE');
    expect(formatSince(at(0, 7))).toBe('seit heute 07:40');
  });

  it('that is none stays as it is', () => {
    expect(formatWhen('some day')).toBe('some day');
  });
});

describe('figures', () => {
  it('of sizes and money', () => {
    expect(formatSize(1)).toBe('1 byte');
    expect(formatSize(999_950)).toBe('1 MB');
    expect(formatSize(14_200_000)).toBe('14 MB');
    expect(formatSize(1_240_000)).toBe('1.2 MB');
    expect(formatMoney('1234.5', 'EUR')).toBe('€1,234.50');
    expect(formatMoney('1234.5', 'euros')).toBe('1,234.50');
    expect(capital('yesterday 19:55')).toBe('Yesterday 19:55');
  });
});

