// What a grid shows, and how wide its columns are.

/** A column of a grid. */
export interface GridColumn {
  /** Names it in callbacks. */
  id: string;
  /** As people read it. */
  name: string;
  /** The line under the name, such as its kind. */
  note?: string;
  /** Figures: at the end of the cell, so that they line up. */
  end?: boolean;
  /** Never cut, as figures never are: dates and codes mean nothing without their end. */
  whole?: boolean;
  /** The rows are sorted by it. */
  sorted?: 'ascending' | 'descending';
  /** What the mark beside its name means (sorted, filtered), read aloud after the name. */
  mark?: string;
  /** Not brought in: shown faded. */
  faded?: boolean;
}

/** A row of a grid: its own number, and a text or nothing for each column. */
export interface GridRow {
  row: number;
  cells: readonly (string | null)[];
}

/** A row of a sheet: kept rows have cells, left-out rows have a reason and their text. */
export interface SheetLine {
  /** Its number in the sheet, 1 is the first. */
  row: number;
  left_out: string | null;
  text: string | null;
  cells: readonly SheetLineCell[];
}

/** A cell as it stands in the file and as it was read. */
export interface SheetLineCell {
  raw: string;
  value: string | null;
  misfit: boolean;
}

/** Something that can be done with a row. */
export interface RowAction {
  label: string;
  run: () => void;
}

const LEAST_EM = 5;
const MOST_EM = 21;
const EM_PER_LETTER = 0.47;
/** Letters of a line under a name that a column makes room for. */
const LONGEST_NOTE = 15;
const PADDING_EM = 1.5;
/** Words up to this wide are not cut: a few letters more are better than a dozen cells that all read “Market…”. */
const SHORT_EM = 9;

/** How wide a column wants to be and how narrow it may become, in em. */
export interface Width {
  least: number;
  ideal: number;
}

const within = (em: number) => Math.min(MOST_EM, Math.max(LEAST_EM, em));

/** The width of a column by its name and some of its texts. Figures and what is whole are never cut; words may be. */
export function columnWidth(column: GridColumn, texts: readonly string[]): Width {
  // Only some texts were seen: what is never cut leaves room for a letter or two more.
  const spare = column.end || column.whole ? 1.5 : 0;
  const letters = texts.reduce((most, text) => Math.max(most, text.length), 0) + spare;
  const longest = letters * EM_PER_LETTER + PADDING_EM;
  const note = Math.min(column.note?.length ?? 0, LONGEST_NOTE);
  const name = Math.max(column.name.length * 1.08 + 1, note) * EM_PER_LETTER + PADDING_EM;
  const ideal = within(Math.max(longest, name));
  const whole = column.end || column.whole || ideal <= SHORT_EM;
  return { ideal, least: within(whole ? ideal : Math.max(name, SHORT_EM, ideal * 0.7)) };
}

/** The tracks of the rows: what is there is shared, down to the least. */
export function tracks(widths: readonly Width[], before = ''): string {
  const parts = widths.map(({ least, ideal }) => `minmax(${least.toFixed(2)}em, ${ideal.toFixed(2)}fr)`);
  return [before, ...parts].filter((part) => part !== '').join(' ');
}

/** Rows as text with tabs, as spreadsheet programs take them. Tabs and line breaks inside a cell become blanks. */
export function asTabbed(rows: readonly (readonly (string | null)[])[]): string {
  return rows.map((cells) => cells.map((cell) => (cell ?? '').replace(/[\t\r\n]+/g, ' ')).join('\t')).join('\n');
}

/**
 * Answers an event of a cell: what happens in cells is heard once, by the grid, because a listener on every cell makes drawing
 * them take twice as long. A row that is one cell has column -1. Events of the names and of anything else are passed over.
 */
export function onCell<E extends Event>(event: E, does: (cell: HTMLElement, row: number, column: number, event: E) => void): void {
  const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('[role="gridcell"][data-cell]') : null;
  const [row = '', column = ''] = cell?.dataset.cell?.split(':') ?? [];
  if (cell && row !== '') does(cell, Number(row), column === 'all' ? -1 : Number(column), event);
}
