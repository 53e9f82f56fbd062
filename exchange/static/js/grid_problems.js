// What a person must decide stands above the sheet: refused values with the reason, conflicts with both values.
// A row stays in the page as long as it says the same, so that the focus in it is not lost when another is done.

export class Problems {
  // on: {takeMine(entry), takeTheirs(entry), goTo(entry)}; cells: a Cells
  constructor({ place, words, cells, on }) {
    this.place = place;
    this.list = place.querySelector("[data-sheet-list]");
    this.all = place.querySelector("[data-sheet-all]");
    this.words = words;
    this.cells = cells;
    this.on = on;
    this.rows = new Map();
    this.entries = [];
    for (const [name, act] of [["mine", on.takeMine], ["theirs", on.takeTheirs]]) {
      this.all.querySelector(`[data-sheet-all-${name}]`).addEventListener("click", () => this.conflicts.forEach(act));
    }
    place.addEventListener("keydown", (event) => {
      const row = event.target.closest("li");
      if (event.key === "Escape" && row) on.goTo(row.entry);
    });
  }

  get conflicts() {
    return this.entries.filter((entry) => entry.theirs);
  }

  show(entries) {
    this.entries = entries.filter((entry) => this.cells.of(entry));
    const rows = new Map(this.entries.map((entry) => [JSON.stringify(entry), entry]));
    for (const [key, row] of this.rows) if (!rows.has(key)) this.remove(key, row);
    for (const [key, entry] of rows) if (!this.rows.has(key)) this.add(key, entry);
    this.place.hidden = rows.size === 0;
    this.all.hidden = this.conflicts.length < 2;
    if (!this.all.hidden) {
      this.all.querySelector("[data-sheet-many]").textContent = fillIn(this.words.many, { count: this.conflicts.length });
    }
  }

  // The sentence about a cell, for those who hear the page.
  describe(entry) {
    const { value, by, at } = entry.theirs ?? {};
    if (!entry.theirs) return entry.refused;
    const nothing = this.words.nothing;
    return fillIn(this.words.conflict, { mine: entry.value || nothing, theirs: value || nothing, by, at });
  }

  // The choices of a cell, from the keyboard.
  enter(input) {
    const row = [...this.list.children].find((each) => this.cells.of(each.entry) === input);
    row?.querySelector("button").focus();
    return Boolean(row);
  }

  // The next cell, in the order of the sheet, about which something must be decided.
  after(input) {
    const open = new Set(this.entries.map((entry) => this.cells.of(entry)));
    const { all } = this.cells;
    const here = all.indexOf(input);
    return [...all.slice(here + 1), ...all.slice(0, here + 1)].find((each) => open.has(each));
  }

  add(key, entry) {
    const row = document.createElement("li");
    const name = document.createElement("strong");
    const sentence = document.createElement("span");
    name.textContent = this.cells.name(entry);
    sentence.textContent = this.describe(entry);
    sentence.id = `sheet-problem-${entry.student}-${entry.assessment}`;
    row.entry = entry;
    row.className = entry.theirs ? "sheet__conflict" : "sheet__refusal";
    row.append(name, sentence, ...this.choices(entry));
    this.cells.of(entry).setAttribute("aria-describedby", sentence.id);
    this.list.append(row);
    this.rows.set(key, row);
  }

  remove(key, row) {
    this.cells.of(row.entry)?.removeAttribute("aria-describedby");
    row.remove();
    this.rows.delete(key);
  }

  choices(entry) {
    const name = this.cells.name(entry);
    if (!entry.theirs) return [button(this.words.go_to, name, () => this.on.goTo(entry))];
    const texts = { mine: entry.value || this.words.nothing, theirs: entry.theirs.value || this.words.nothing };
    return [
      button(fillIn(this.words.take_mine, texts), name, () => this.on.takeMine(entry)),
      button(fillIn(this.words.take_theirs, texts), name, () => this.on.takeTheirs(entry)),
    ];
  }
}

export function fillIn(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");
}

function button(label, about, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = label;
  element.setAttribute("aria-label", `${label}, ${about}`);
  element.addEventListener("click", act);
  return element;
}
