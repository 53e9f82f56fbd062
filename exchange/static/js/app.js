// Brings to life what is on the page; every page also works without it.
// A module is loaded only where something asks for it, with the version of this file in its address.

const MODULES = {
  "[data-finder]": "./finder.js",
  "[data-confirm]": "./dialog.js",
  "[data-unsaved]": "./unsaved.js",
  "[data-sign-out]": "./sign_out.js",
  "[data-copy]": "./copy.js",
  "[data-drop]": "./drop.js",
  "[data-selection]": "./selection.js",
  "[data-progress]": "./progress.js",
  "table[data-grid]": "./grid.js",
  "form[data-roll]": "./roll.js",
  "form[data-round]": "./round.js",
  "[data-mark-history]": "./mark_history.js",
};

const version = new URL(import.meta.url).search;
for (const [selector, file] of Object.entries(MODULES)) {
  const elements = document.querySelectorAll(selector);
  if (elements.length) import(file + version).then(({ start }) => elements.forEach(start));
}

document.querySelector("[data-focus]")?.focus();
for (const toast of document.querySelectorAll("[data-toast]")) setTimeout(() => toast.remove(), 5000);
for (const button of document.querySelectorAll("[data-print]")) button.addEventListener("click", () => print());

const opened = () => document.querySelectorAll("details.menu[open], details.bottom-bar__more[open]");
document.addEventListener("click", (event) => {
  for (const menu of opened()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of opened()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});

// A filter acts when it is chosen, and leaves no empty names in the address.
for (const form of document.querySelectorAll("[data-filter]")) {
  form.addEventListener("change", (event) => event.target.matches("select") && form.requestSubmit());
  form.addEventListener("formdata", ({ formData }) => {
    for (const [name, value] of [...formData]) if (!value) formData.delete(name);
  });
}
