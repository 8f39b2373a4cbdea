// How the person looks at the shelf; kept while they wander off and come back.
/** Filters of the shelf that can be on. */
export type ShelfFilter = 'followed' | 'mine' | 'overdue';

export const shelfView = $state<{ query: string; filters: ShelfFilter[]; list: boolean }>({
  query: '',
  filters: [],
  list: false,
});
