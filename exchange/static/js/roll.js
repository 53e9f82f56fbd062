// A roll on a phone with a weak network: what is tapped stays on this phone until the school has it.

import { rolls } from "./rolls.js";

export function start(form) {
  const key = form.dataset.roll;
  const words = JSON.parse(form.dataset.words);
  const note = form.querySelector("[data-roll-state]");
  const count = form.querySelector("[data-roll-count]");
  const version = form.elements.namedItem("version");
  const radios = [...form.querySelectorAll("input[type=radio]")];
  const isConflict = form.querySelector(".error-summary") !== null;
  let waits = false;

  const marks = () => Object.fromEntries(radios.filter(({ checked, value }) => checked && value).map(({ name, value }) => [name, value]));

  function show() {
    count.textContent = count.dataset.text.replace("%(count)s", Object.keys(marks()).length);
  }

  function say(sentence) {
    note.textContent = sentence;
    note.hidden = false;
  }

  function restore() {
    const kept = rolls.get(key);
    if (!kept) return;
    if (isConflict || same(kept.marks, marks())) {
      rolls.remove(key); // the school has it, or the page shows it beside what the other has noted
      return;
    }
    version.value = kept.version;
    for (const radio of radios) radio.checked = radio.value === (kept.marks[radio.name] ?? "");
    say(words.restored);
  }

  form.addEventListener("change", () => {
    rolls.put(key, { version: version.value, marks: marks() });
    show();
  });
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    waits = true;
    rolls.put(key, { version: version.value, marks: marks() });
    say(words.kept);
  });
  addEventListener("online", () => waits && form.requestSubmit());

  restore();
  show();
}

function same(one, other) {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
