// The cell that has the focus in a grid, how keys move it, and what is selected. Row -1 is the row of names.

/** A cell of a grid. */
export interface Spot {
  row: number;
  column: number;
}

/** Rows and columns between two corners, both included. */
export interface Block {
  firstRow: number;
  lastRow: number;
  firstColumn: number;
  lastColumn: number;
}

/** The focus of one grid. */
export class Cursor {
  /** The cell with the focus. */
  at = $state<Spot>({ row: 0, column: 0 });
  /** The other corner of the selection; `null` when only the focused cell counts. */
  anchor = $state<Spot | null>(null);

  /** What is selected: at least the focused cell, and nothing while the names have the focus. */
  get block(): Block | null {
    const a = this.anchor ?? this.at;
    const b = this.at;
    if (a.row < 0 || b.row < 0) return null;
    return {
      firstRow: Math.min(a.row, b.row),
      lastRow: Math.max(a.row, b.row),
      firstColumn: Math.min(a.column, b.column),
      lastColumn: Math.max(a.column, b.column),
    };
  }

  /** Whether a cell is inside a selection of more than one. */
  selects(row: number, column: number): boolean {
    if (!this.anchor) return false;
    const block = this.block;
    return (
      block !== null &&
      row >= block.firstRow &&
      row <= block.lastRow &&
      column >= block.firstColumn &&
      column <= block.lastColumn
    );
  }

  /** Goes to a cell; `extend` keeps the other corner of the selection where it is. */
  go(row: number, column: number, extend = false): void {
    this.anchor = extend ? (this.anchor ?? this.at) : null;
    this.at = { row, column };
  }

  /** Keeps the focus inside a grid that became smaller. */
  clamp(rows: number, columns: number): void {
    const row = Math.min(this.at.row, rows - 1);
    const column = Math.max(0, Math.min(this.at.column, columns - 1));
    if (row !== this.at.row || column !== this.at.column) this.go(Math.max(-1, row), column);
  }

  /** Follows a key in a grid of `rows` and `columns`. Returns whether the key was one that moves. */
  key(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>, rows: number, columns: number, perScreen: number): boolean {
    if (event.altKey) return false;
    const far = event.ctrlKey || event.metaKey;
    const last = rows - 1;
    let { row, column } = this.at;
    switch (event.key) {
      case 'ArrowDown':
        row = far ? last : row + 1;
        break;
      case 'ArrowUp':
        row = far ? Math.min(row, 0) : row - 1;
        break;
      case 'ArrowRight':
        column = far ? columns - 1 : column + 1;
        break;
      case 'ArrowLeft':
        column = far ? 0 : column - 1;
        break;
      case 'Home':
        column = 0;
        if (far) row = Math.min(0, last);
        break;
      case 'End':
        column = columns - 1;
        if (far) row = last;
        break;
      case 'PageDown':
        row = row + perScreen;
        break;
      case 'PageUp':
        row = Math.max(0, row - perScreen);
        break;
      default:
        return false;
    }
    const least = event.shiftKey ? 0 : -1;
    this.go(Math.max(least, Math.min(last, row)), Math.max(0, Math.min(columns - 1, column)), event.shiftKey);
    return true;
  }
}
