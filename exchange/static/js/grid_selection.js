// A range of cells. The focus stays in the cell it began with; the other corner moves.

export class Selection {
  // cells: a Cells; changed(): the range is another one
  constructor(cells, changed) {
    this.cells = cells;
    this.changed = changed;
    this.shown = new Set();
  }

  begin(input) {
    this.anchor = input;
    this.corner = input;
    this.show();
  }

  extendTo(input) {
    if (!input || input === this.corner) return;
    this.corner = input;
    this.show();
    this.changed();
  }

  extend(down, right) {
    const [row, column] = this.cells.place(this.corner);
    const { rows } = this.cells;
    const within = (place, count) => Math.max(0, Math.min(place, count - 1));
    this.extendTo(this.cells.at(within(row + down, rows.length), within(column + right, rows[row].length)));
    this.corner.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  all() {
    this.anchor = this.cells.all[0];
    this.extendTo(this.cells.all.at(-1));
  }

  // The rectangle, as rows of inputs.
  get rows() {
    const [[top, left], [bottom, right]] = this.bounds;
    return this.cells.rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  }

  get bounds() {
    const [from, to] = [this.anchor, this.corner].map((input) => this.cells.place(input));
    return [from.map((place, axis) => Math.min(place, to[axis])), from.map((place, axis) => Math.max(place, to[axis]))];
  }

  get isRange() {
    return this.anchor !== this.corner;
  }

  show() {
    const wanted = new Set(this.isRange ? this.rows.flat() : []);
    for (const input of this.shown) if (!wanted.has(input)) delete input.parentElement.dataset.selected;
    for (const input of wanted) if (!this.shown.has(input)) input.parentElement.dataset.selected = "";
    this.shown = wanted;
  }
}
