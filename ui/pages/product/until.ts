// Until when somebody is let in: no end, or the end of a day.
import { formatDate, t } from '../../state/words.svelte';

/** Ends on offer, by their names in the words. */
const SPANS = { week: { days: 7 }, month: { months: 1 }, quarter: { months: 3 }, year: { months: 12 } } as const;

/** The last second of a day that is so far away, here, as RFC 3339. */
export function endOf(span: keyof typeof SPANS, from: Date): string {
  const { days = 0, months = 0 } = SPANS[span] as { days?: number; months?: number };
  const month = new Date(from.getFullYear(), from.getMonth() + months + 1, 0);
  // A month after 31 January is the last day of February.
  const day = months > 0 ? Math.min(from.getDate(), month.getDate()) : from.getDate() + days;
  return new Date(from.getFullYear(), from.getMonth() + months, day, 23, 59, 59).toISOString();
}

/** The day of a moment here, in words that say the same tomorrow. */
export function dayOf(at: string): string {
  const day = new Date(at);
  if (Number.isNaN(day.getTime())) return '';
  const two = (figure: number) => String(figure).padStart(2, '0');
  return formatDate(`${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`, 'long');
}

/** What can be chosen; `asked` is the day that somebody named, offered first. */
export function untilOptions(now: Date, asked: string | null): { value: string; label: string }[] {
  const spans = (Object.keys(SPANS) as (keyof typeof SPANS)[]).map((span) => {
    const until = endOf(span, now);
    return { value: until, label: t(`access-until-${span}`, { day: dayOf(until) }) };
  });
  const known = asked !== null && Date.parse(asked) > now.getTime();
  const theirs = known ? [{ value: asked, label: t('access-until-asked', { day: dayOf(asked) }) }] : [];
  return [...theirs, { value: '', label: t('access-until-none') }, ...spans];
}
