// A roll on a phone with a weak network: what is tapped stays on this phone until the school has it.

import { rolls } from "./unsent.js";

export function start(form) {
  const key = form.dataset.roll;
  const words = JSON.parse(form.dataset.words);
  const note = form.querySelector("[data-roll-state]");
  const count = form.querySelector("[data-roll-count]");
  const version = form.elements.namedItem("version");
  const radios = [...form.querySelectorAll("input[type=radio]")];
  const isConflict = form.querySelector(".error-summary") !== null;
  let waits = false;

  const marked = (state) => Object.fromEntries(radios.filter((radio) => radio[state] && radio.value).map(({ name, value }) => [name, value]));
  const marks = () => marked("checked");
  const sent = () => marked("defaultChecked"); // as the school sent the page, whatever the browser has put back

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
    if (isConflict || same(kept.marks, sent())) {
      rolls.remove(key); // the school has it, or the page shows it beside what the other has noted
      return;
    }
    version.value = kept.version;
    for (const radio of radios) radio.checked = radio.value === (kept.marks[radio.name] ?? "");
    say(words.restored);
  }

  function keep() {
    rolls.put(key, { version: version.value, marks: marks() });
    show();
  }

  // A second tap on a mark takes it back. By then the radio is checked anyway, so it must be known from before.
  let before;
  form.addEventListener("pointerdown", (event) => (before = event.target.closest(".roll__mark")?.querySelector(":checked")));
  form.addEventListener("click", ({ target, detail }) => {
    if (!detail || target.type !== "radio" || target !== before) return;
    radios.find(({ name, value }) => name === target.name && !value).checked = true;
    keep();
  });
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    waits = true;
    keep();
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
