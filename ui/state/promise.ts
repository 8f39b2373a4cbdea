// A promise in words.
import type { Promise as Fill } from '../wire/generated';
import { formatTime, t } from './words.svelte';

/** "Every Monday by 09:00". */
export function promiseWords(promise: Fill | null): string {
  if (!promise) return t('promise-none');
  const by = formatTime(promise.by);
  switch (promise.every) {
    case 'day':
      return t('promise-day', { by });
    case 'working_day':
      return t('promise-working-day', { by });
    case 'week':
      return t('promise-week', { by, day: t(`weekday-${promise.on}`) });
    case 'month':
      return t('promise-month', { by, number: promise.day });
  }
}
