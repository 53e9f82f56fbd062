// What a person must decide stands above the sheet: refused values with the reason, conflicts with both values.

export class Problems {
  // on: {takeMine(entry), takeTheirs(entry), goTo(entry)}
  constructor({ list, words, nameOf, on }) {
    this.list = list;
    this.words = words;
    this.nameOf = nameOf;
    this.on = on;
  }

  show(entries) {
    const shown = entries.filter((entry) => this.nameOf(entry));
    this.list.replaceChildren(...shown.map((entry) => (entry.theirs ? this.conflict(entry) : this.refusal(entry))));
    this.list.hidden = shown.length === 0;
  }

  conflict(entry) {
    const { value, by, at } = entry.theirs;
    const texts = { mine: entry.value || this.words.nothing, theirs: value || this.words.nothing, by, at };
    return this.row(entry, "sheet__conflict", fillIn(this.words.conflict, texts), [
      [fillIn(this.words.take_mine, texts), () => this.on.takeMine(entry)],
      [fillIn(this.words.take_theirs, texts), () => this.on.takeTheirs(entry)],
    ]);
  }

  refusal(entry) {
    return this.row(entry, "sheet__refusal", entry.refused, [[this.words.go_to, () => this.on.goTo(entry)]]);
  }

  row(entry, className, text, choices) {
    const row = document.createElement("li");
    const name = document.createElement("strong");
    const sentence = document.createElement("span");
    name.textContent = this.nameOf(entry);
    sentence.textContent = text;
    row.className = className;
    row.append(name, sentence, ...choices.map(([label, act]) => button(label, act)));
    return row;
  }
}

export function fillIn(text, values) {
  return text.replace(/%\((\w+)\)s/g, (_all, name) => values[name] ?? "");
}

function button(label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "button";
  element.textContent = label;
  element.addEventListener("click", act);
  return element;
}
