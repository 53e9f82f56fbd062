// The cells of a sheet: where each stands, what the server has of it, and the state it is shown in.

export class Cells {
  constructor(table) {
    this.rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
    this.all = this.rows.flat();
    this.saved = new Map(this.all.map((input) => [input, input.defaultValue]));
    this.byKey = new Map(this.all.map((input) => [`${input.dataset.student}.${input.dataset.assessment}`, input]));
    this.places = new Map();
    this.rows.forEach((row, down) => row.forEach((input, right) => this.places.set(input, [down, right])));
  }

  has(element) {
    return this.saved.has(element);
  }

  of({ student, assessment }) {
    return this.byKey.get(`${student}.${assessment}`);
  }

  // What an address asks for: #m.<student>.<assessment> is that cell, #missing the first empty one.
  named(hash) {
    if (hash === "#missing") return this.all.find((input) => !input.value);
    return this.byKey.get(hash.replace("#m.", ""));
  }

  at(row, column) {
    return this.rows[row]?.[column];
  }

  place(input) {
    return this.places.get(input);
  }

  name(entry) {
    return this.of(entry)?.getAttribute("aria-label");
  }

  // What the server holds now.
  store(input, { value, version }) {
    input.dataset.version = version;
    this.saved.set(input, value);
  }

  isAsStored(input) {
    return input.value === this.saved.get(input);
  }

  // state: typed, saving, waiting, saved, invalid, conflict, or nothing.
  mark(input, state) {
    const cell = input.parentElement;
    if (state) cell.dataset.state = state;
    else delete cell.dataset.state;
    const isInvalid = String(state === "invalid");
    if (input.getAttribute("aria-invalid") !== isInvalid) input.setAttribute("aria-invalid", isInvalid);
  }

  // The students and assessments that a pasted block may name.
  static outline(table, words) {
    const students = [...table.tBodies[0].rows].map((row) => ({
      number: row.querySelector(".mark-sheet__number").textContent.trim(),
      name: row.querySelector("[data-name]")?.dataset.name ?? "",
    }));
    const heads = [...table.tHead.rows[0].cells].slice(1, -1);
    return { students, columns: heads.map((head) => head.firstChild.textContent.trim()), words };
  }
}
