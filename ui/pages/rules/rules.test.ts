import { describe, expect, it } from 'vitest';
import type { HouseRules } from '../../wire/generated';
import { daysAreOdd, daysOf, draftOf, rulesOf, sizeIsOdd, versionIsOdd } from './rules';

const usual: HouseRules = {
  required: ['has_area', 'has_title'], publishers: 'everyone', retention_days: 400, max_size_bytes: null, kinds: null, review_days: null, receipts: true, min_version: null,
};

describe('house rules in a form', () => {
  it('come back as they were where nothing was changed', () => {
    for (const rules of [usual, { ...usual, max_size_bytes: 1_500_123, kinds: ['csv', 'xlsx'], min_version: '1.2', retention_days: null, review_days: 36_500, receipts: false }]) {
      expect(rulesOf(draftOf(rules), rules)).toEqual(rules);
    }
  });

  it('take kinds and sizes as people write them', () => {
    const draft = { ...draftOf(usual), kinds: '.XLSX; csv *.ods,csv', size: ' 50 ' };
    expect(rulesOf(draft, usual)).toMatchObject({ kinds: ['csv', 'ods', 'xlsx'], max_size_bytes: 50_000_000, retention_days: 400, receipts: true });
    expect(rulesOf({ ...draft, kinds: ' , ', size: '' }, { ...usual, max_size_bytes: 9 })).toMatchObject({ kinds: null, max_size_bytes: null });
  });

  it('take days as they are typed, and nothing for as usual', () => {
    const draft = { ...draftOf(usual), retention: ' 30 ', review: '90', receipts: false };
    expect(rulesOf(draft, usual)).toEqual({ ...usual, retention_days: 30, review_days: 90, receipts: false });
    const none = { ...draft, retention: ' ', review: '' };
    expect(rulesOf(none, { ...usual, review_days: 7 })).toMatchObject({ retention_days: null, review_days: null });
    expect(['', '30', ' 36500 '].map(daysOf)).toEqual([null, 30, 36_500]);
  });

  it('say which days cannot be', () => {
    expect(['', ' ', '1', ' 30 ', '36500'].map(daysAreOdd)).toEqual([false, false, false, false, false]);
    const odd = ['0', '-1', '1.5', '30 days', '36501', '99999', '1e3', '030'];
    expect(odd.map(daysAreOdd)).toEqual(odd.map(() => true));
    expect(odd.map(daysOf)).toEqual(odd.map(() => null));
  });

  it('say what cannot be', () => {
    expect(['', '5', '5000'].map(sizeIsOdd)).toEqual([false, false, false]);
    expect(['0', '-1', '5 MB', '1.5'].map(sizeIsOdd)).toEqual([true, true, true, true]);
    expect(['', '1.2', '1.2.3'].map(versionIsOdd)).toEqual([false, false, false]);
    expect(['1', 'new', '1.2.3.4'].map(versionIsOdd)).toEqual([true, true, true]);
  });
});
