// Home visits without network: a list of families, one form, drafts on the phone, sent once when there is network.

import { ask } from "./dialog.js";
import { drafts } from "./drafts.js";
import { send } from "./sending.js";

const PATIENCE = 30_000; // ms between attempts
const SHOWN_FOR = 7 * 24 * 3600 * 1000; // ms; what was sent stays in the list as a receipt
const LONGEST_SIDE = 1600; // pixels of a photo
const TONES = { sent: "done", conflict: "blocked", refused: "blocked", gone: "blocked", signed_out: "warning" };

const page = document.querySelector("[data-visits]");
const words = JSON.parse(page.dataset.words);
const person = Number(page.dataset.person);
const rows = page.querySelector("[data-rows]");
const list = page.querySelector("[data-list]");
const form = page.querySelector("[data-form]");
const part = (name) => form.querySelector(`[data-${name}]`);
const fields = [...form.querySelectorAll("input[name], textarea[name]")].filter(({ type }) => type !== "hidden");
const standard = Object.fromEntries(fields.map(({ name, value }) => [name, value]));

let open; // the draft in the form
let again; // somebody asked to send while something was on its way
let onTheWay; // the key of the draft that is being sent: nobody writes on it meanwhile

start();

async function start() {
  const now = Date.now();
  const old = (await drafts.all()).filter((each) => each.state === "sent" && now - each.at > SHOWN_FOR);
  await Promise.all(old.map(({ key }) => drafts.remove(key)));
  await showList();
  await route();
  addEventListener("hashchange", route);
  addEventListener("online", sendAll);
  setInterval(sendAll, PATIENCE);
  sendAll();
}

async function own() {
  return (await drafts.all()).filter((each) => each.person === person);
}

// The list

async function showList() {
  for (const draft of await own()) {
    const row = rows.querySelector(`[data-sheet="${draft.sheet}"]`) ?? addRow(draft);
    const state = row.querySelector("[data-state]");
    state.className = `tag tag--${TONES[draft.state] ?? "waiting"}`;
    state.textContent = words[draft.state];
  }
  list.querySelector("[data-empty]")?.toggleAttribute("hidden", rows.children.length > 0);
  for (const row of rows.children) row.querySelector("a").href = `#sheet-${row.dataset.sheet}`;
}

function addRow({ sheet, name, detail }) {
  const row = document.createElement("li");
  Object.assign(row.dataset, { sheet, name, detail });
  const who = document.createElement("div");
  who.className = "roll-call__who";
  const link = document.createElement("a");
  link.append(Object.assign(document.createElement("strong"), { textContent: name }));
  const quiet = Object.assign(document.createElement("span"), { className: "quiet", textContent: detail });
  const state = document.createElement("small");
  state.dataset.state = "";
  who.append(link, " ", quiet, " ", state);
  row.append(who);
  rows.append(row);
  return row;
}

// One family

async function route() {
  const sheet = Number(/^#sheet-(\d+)$/.exec(location.hash)?.[1]);
  const row = sheet ? rows.querySelector(`[data-sheet="${sheet}"]`) : null;
  open = row ? ((await own()).find((each) => each.sheet === sheet) ?? fresh(row.dataset)) : undefined;
  if (open) fill(); // before anybody can type, or the draft would overwrite the first words
  list.hidden = Boolean(row);
  form.hidden = !row;
  if (open) part("name").focus();
}

function fresh({ sheet, name, detail }) {
  const today = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  const blank = { ...standard, visited_on: today };
  return { key: crypto.randomUUID(), sheet: Number(sheet), person, name, detail, fields: blank, photos: [], state: "draft" };
}

function fill() {
  part("name").textContent = open.name;
  part("detail").textContent = open.detail;
  for (const field of fields) field.value = open.fields[field.name] ?? "";
  showOpen();
}

function showOpen(note = "") {
  const isLocked = open.state === "sent" || open.key === onTheWay;
  const state = open.key === onTheWay ? words.sending : words[open.state];
  part("form-state").textContent = note || [state, open.message].filter(Boolean).join(" ");
  part("conflict").hidden = open.state !== "conflict";
  part("conflict-message").textContent = open.state === "conflict" ? open.message : "";
  if (open.url) part("other").href = open.url;
  part("photos").textContent = open.photos.length ? words.photos.replace("%(count)s", open.photos.length) : "";
  for (const element of form.elements) if (!element.closest("[data-conflict]")) element.disabled = isLocked;
}

async function keep(state = "draft") {
  Object.assign(open, { state, at: Date.now() });
  await drafts.put(open);
  await showList();
}

form.addEventListener("input", async (event) => {
  if (event.target.type === "file") return;
  open.fields[event.target.name] = event.target.value;
  open.message = "";
  if (open.attempted) await startAnew();
  await keep();
  showOpen(words.kept);
});

// What was tried may stand at school already, under its key. Other words need another one, or they would be lost.
async function startAnew() {
  const { key } = open;
  Object.assign(open, { key: crypto.randomUUID(), attempted: false, report: undefined });
  await drafts.remove(key);
}

form.querySelector("[type=file]").addEventListener("change", async ({ target }) => {
  const files = [...target.files];
  target.value = "";
  for (const file of files) open.photos.push({ key: crypto.randomUUID(), blob: await smaller(file), sent: false });
  await keep();
  showOpen(words.kept);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const missing = fields.filter((field) => field.required && !field.value.trim());
  if (missing.length) {
    part("form-state").textContent = words.missing + missing.map((field) => labelOf(field)).join(" ");
    missing[0].focus();
    return;
  }
  open.message = "";
  await keep("waiting");
  showOpen();
  sendAll();
});

part("supplement").addEventListener("click", async () => {
  Object.assign(open, { supplement: true, message: "" });
  await keep("waiting");
  showOpen();
  sendAll();
});

part("remove").addEventListener("click", async () => {
  if (!(await ask(words.remove))) return;
  await drafts.remove(open.key);
  location.replace(location.pathname);
});

part("back").addEventListener("click", (event) => {
  event.preventDefault();
  location.hash = "";
});

const labelOf = (field) => field.labels[0].firstChild.textContent.trim();

async function smaller(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.8));
}

// Sending

async function sendAll() {
  again = Boolean(onTheWay);
  if (onTheWay || !navigator.onLine) return;
  onTheWay = "any";
  try {
    for (const draft of await own()) if (["waiting", "signed_out"].includes(draft.state)) await sendOne(draft);
  } finally {
    onTheWay = undefined;
    if (open) showOpen();
    if (again) sendAll();
  }
}

async function sendOne(draft) {
  const isOpen = () => open?.key === draft.key;
  onTheWay = draft.key;
  if (isOpen()) showOpen();
  draft.attempted = true;
  await drafts.put(draft);
  draft.state = await send(draft, page.dataset.send);
  draft.at = Date.now();
  if (draft.state === "sent") Object.assign(draft, { fields: {}, photos: [] }); // only the receipt stays here
  await drafts.put(draft);
  await showList();
  if (isOpen()) {
    open = draft;
    fill();
  }
}
