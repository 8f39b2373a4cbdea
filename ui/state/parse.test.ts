import { beforeEach, describe, expect, it } from 'vitest';
import { parseValue } from './parse';
import { speak } from './words.svelte';

describe('in Britain', () => {
  beforeEach(() => speak('en', 'en-GB'));

  it('numbers are read with a dot', () => {
    expect(parseValue('1,234.50', 'money')).toBe('1234.5');
    expect(parseValue(' £3.20 ', 'money')).toBe('3.2');
    expect(parseValue('-12', 'integer')).toBe('-12');
  });

  it('what is no number is none', () => {
    for (const text of ['', 'n/a', '1,23', '1.2.3', '--4', '1e9']) expect(parseValue(text, 'number'), text).toBeNull();
  });

  it('days are read day first, and days that do not exist are none', () => {
    expect(parseValue('3/12/2026', 'date')).toBe('2026-12-03');
    expect(parseValue('2026-03-03', 'date')).toBe('2026-03-03');
    expect(parseValue('31/2/2026', 'date')).toBeNull();
    expect(parseValue('3/3/26', 'date')).toBe('2026-03-03');
  });
});

describe('in Germany', () => {
  beforeEach(() => speak('de', 'de-DE'));

  it('numbers are read with a comma, and the canonical way as well', () => {
    expect(parseValue('1.234,50', 'money')).toBe('1234.5');
    expect(parseValue('12,5', 'number')).toBe('12.5');
    expect(parseValue('12.5', 'number')).toBe('12.5');
    expect(parseValue('1.234', 'integer')).toBe('1234');
  });

  it('times, percentages and answers are understood', () => {
    expect(parseValue('7:40', 'time')).toBe('07:40:00');
    expect(parseValue('24:00', 'time')).toBeNull();
    expect(parseValue('26:30', 'duration')).toBe('26:30:00');
    expect(parseValue('-0:15', 'duration')).toBe('-00:15:00');
    expect(parseValue('1:75', 'duration')).toBeNull();
    expect(parseValue('19 %', 'percent')).toBe('0.19');
    expect(parseValue('ja', 'boolean')).toBe('true');
    expect(parseValue('3.3.2026 7:40', 'date_time')).toBe('2026-03-03T07:40:00');
  });
});

it('text stays as it is', () => {
  expect(parseValue(' Rye 750 g ', 'text')).toBe('Rye 750 g');
  expect(parseValue('00417', 'code')).toBe('00417');
});
