import { beforeEach, describe, expect, it } from 'vitest';
import { speak } from '../../state/words.svelte';
import type { LabelCard } from '../../wire/generated';
import { conditionWords, firstName, labelProps, pillWords } from './labels';
import { personDraft, personErrors, personOf } from './person';

beforeEach(() => speak('en', 'en-GB'));

const today = () => new Date(new Date().setHours(7, 40, 0, 0)).toISOString();

describe('the pill of a label', () => {
  it('praises only what was promised and kept', () => {
    expect(pillWords('ready', { state: 'kept', next: '2026-03-10T09:00' }, today())).toEqual({ tone: 'good', state: 'Filled today 07:40' });
    expect(pillWords('ready', null, today()).tone).toBe('info');
  });

  it('says overdue before when it was filled, and trouble before both', () => {
    const overdue = { state: 'overdue' as const, since: '2019-03-08T18:00' };
    expect(pillWords('ready', overdue, today())).toEqual({ tone: 'look', state: 'Overdue since 8 Mar 2019' });
    expect(pillWords('damaged', overdue, today())).toEqual({ tone: 'stop', state: 'Copy damaged' });
  });
});

describe('a label', () => {
  const card: LabelCard = {
    sealed: false,
    product: 'till-sales', title: 'Till sales', summary: 'What each till sold.', area: 'Shop floor', color: 0, keeper: 'Ben Okafor', tags: [],
    filled_at: today(), promise: null, condition: { score: 70, grade: 'fair', to_fix: 2 }, state: 'ready', rows: 812, followed: true, mine: false,
    confirmed: true,
  };

  it('names its condition and who keeps it, and leads to its page', () => {
    expect(labelProps(card)).toMatchObject({ facts: ['Fair, 2 to fix', 'Ben'], href: '#/product/till-sales', followed: true, faded: false });
    expect(labelProps({ ...card, mine: true }).facts).toEqual(['Fair, 2 to fix', 'You']);
    expect(labelProps({ ...card, keeper: '' }).facts).toEqual(['Fair, 2 to fix']);
    expect(conditionWords({ score: 96, grade: 'good', to_fix: 3 })).toBe('Good condition');
    expect(firstName('  Anna  Maria Miller ')).toBe('Anna');
  });
});

describe('the form about a person', () => {
  it('begins with who they are, else with what the computer knows', () => {
    expect(personDraft(null, 'Anna Miller').name).toBe('Anna Miller');
    expect(personDraft({ name: 'Ben', role: 'Baker', email: null, color: 3 }, 'x')).toEqual({ name: 'Ben', role: 'Baker', email: '', color: 3 });
  });

  it('wants a name, and an e-mail address only if it is one', () => {
    expect(Object.values(personErrors({ name: ' ', role: '', email: '', color: 0 })).filter(Boolean)).toHaveLength(1);
    expect(personErrors({ name: 'Ben', role: '', email: 'ben at home', color: 0 }).email).toBeTruthy();
    expect(personErrors({ name: 'Ben', role: '', email: 'ben@home', color: 0 }).email).toBeUndefined();
    expect(personOf({ name: ' Ben ', role: '', email: '  ', color: 1 })).toEqual({ name: 'Ben', role: '', email: null, color: 1 });
  });
});
