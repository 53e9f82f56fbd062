// The log of a week on a phone with a weak network: what is typed stays on this phone until the school has it.

import { logs } from "./unsent.js";

export function start(form) {
  const key = form.dataset.log;
  const words = JSON.parse(form.dataset.words);
  const note = form.querySelector("[data-log-state]");
  const total = form.querySelector("[data-log-total]");
  const fields = [...form.querySelectorAll("input[name], textarea[name]")].filter(({ type }) => type !== "hidden");
  const isRefused = form.querySelector(".error-summary") !== null;
  let waits = false;

  const isChosen = (field) => field.type !== "radio" || field.checked;
  const typed = () => Object.fromEntries(fields.filter(isChosen).map(({ name, value }) => [name, value]));
  const asSent = () => Object.fromEntries(fields.filter((field) => (field.type === "radio" ? field.defaultChecked : true))
    .map(({ name, value, defaultValue, type }) => [name, type === "radio" ? value : defaultValue]));

  function say(sentence) {
    note.textContent = sentence;
    note.hidden = false;
  }

  function add() {
    const hours = fields.filter(({ name }) => name.startsWith("hours_")).map(({ value }) => Number(value) || 0);
    total.textContent = total.dataset.text.replace("%(count)s", hours.reduce((one, other) => one + other, 0));
  }

  function keep() {
    logs.put(key, typed());
    add();
  }

  function restore() {
    const kept = logs.get(key);
    if (!kept) return;
    if (isRefused || same(kept, asSent())) {
      if (!isRefused) logs.remove(key);
      return;
    }
    for (const field of fields) {
      if (field.type === "radio") field.checked = kept[field.name] === field.value;
      else field.value = kept[field.name] ?? "";
    }
    say(words.restored);
  }

  form.addEventListener("input", () => {
    keep();
    say(words.kept);
  });
  form.addEventListener("submit", (event) => {
    keep();
    if (navigator.onLine) return;
    event.preventDefault();
    waits = true;
    say(words.waits);
  });
  addEventListener("online", () => waits && form.requestSubmit());

  restore();
  add();
}

function same(one, other) {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? "") === (other[name] ?? ""));
}
