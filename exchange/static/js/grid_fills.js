// Changes of many cells at once, and the way back from them.

export class Fills {
  // write(changes): puts the values into the cells; changed(): there is more or less to take back
  constructor({ write, changed }) {
    this.write = write;
    this.changed = changed;
    this.done = [];
  }

  get size() {
    return this.done.length;
  }

  // cells: [[input, value], …]. Gives back how many were different.
  fill(cells) {
    const changes = cells.filter(([input, value]) => !input.readOnly && input.value !== value);
    if (!changes.length) return 0;
    this.done.push(changes.map(([input, value]) => ({ input, before: input.value, after: value })));
    this.write(changes);
    this.changed();
    return changes.length;
  }

  // Takes back the last fill; a cell that was typed over since stays as it is.
  undo() {
    const fill = this.done.pop() ?? [];
    const same = fill.filter(({ input, after }) => input.value === after);
    this.write(same.map(({ input, before }) => [input, before]));
    this.changed();
    return { count: same.length, kept: fill.length - same.length };
  }
}
