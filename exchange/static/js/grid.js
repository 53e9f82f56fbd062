// The mark sheet: a table of plain inputs that behaves like a spreadsheet and saves every cell by itself.
//
// Page    <table data-grid data-url data-user data-sign-in data-words> from components/grid.html;
//         each input carries data-student, data-assessment, data-version; [data-result="<student>"] shows the result.
// Request PUT <data-url>, header X-CSRFToken, JSON
//         {"user": 7, "cells": [{"student": 12, "assessment": 3, "value": "88", "version": 4}]}
//         value is what the cell shows: a number, "" for none, or 缺 缓 免 (A D E in English). version is the one the
//         value was typed over; 0 stands for a cell that was never filled. user is who typed.
// Answers 200 {"cells": [{"student", "assessment", "status", "value", "version", …}], "results": {"<student>": "86.5"},
//              "average": "83.2", "missing": 4}
//           saved     value and version as they are now; also when the same value was already stored (a repeated request)
//           conflict  value, version, by, at (name and time as words): what someone else wrote since; nothing was changed
//           invalid   message: why the value was not taken
//         401 signed out, or signed in as another user: everything waits and is sent again after sign-in
//         419 or 403 with {"csrf_token"}: the request is repeated with the fresh token
//         4xx {"message"}: nothing was taken, for the reason given; 5xx or no answer: sent again later
// Keys    typing replaces; Enter down, Shift+Enter up, Tab right, arrows move, F2 or a second click edits, Esc restores;
//         Ctrl+V fills from here, Ctrl+D fills down, Ctrl+Z takes the last fill back.

import { block } from "./grid_clipboard.js";
import { Problems, fillIn } from "./grid_problems.js";
import { Queue } from "./grid_queue.js";

const IDLE = 2000;

export function start(table) {
  const words = JSON.parse(table.dataset.words);
  const sheet = table.closest("[data-sheet]");
  const status = sheet.querySelector("[data-sheet-status]");
  const message = sheet.querySelector("[data-sheet-message]");
  const undoButton = sheet.querySelector("[data-sheet-undo]");
  const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("input")]);
  const inputs = rows.flat();
  const byKey = new Map(inputs.map((input) => [`${input.dataset.student}.${input.dataset.assessment}`, input]));
  const saved = new Map(inputs.map((input) => [input, input.defaultValue]));
  let current = inputs[0];
  let isEditing = false;
  let before = "";
  let idle;
  let lastFill = [];
  if (!inputs.length) return;

  const queue = new Queue({
    url: table.dataset.url,
    user: Number(table.dataset.user),
    on: { sending, saved: keep, moved, undecided: show, results, waiting },
  });
  const problems = new Problems({
    list: sheet.querySelector("[data-sheet-problems]"),
    words,
    nameOf: (entry) => cellOf(entry)?.getAttribute("aria-label"),
    on: { takeMine, takeTheirs, goTo: (entry) => focus(cellOf(entry)) },
  });
  restore();
  adopt();
  figures();

  // Moving and typing

  table.addEventListener("mousedown", (event) => {
    const input = event.target.closest("input");
    if (!input) return;
    if (input === document.activeElement) return edit();
    event.preventDefault();
    focus(input);
  });
  table.addEventListener("focusin", ({ target }) => {
    if (!isCell(target)) return;
    current = target;
    before = target.value;
    isEditing = false;
    target.select();
  });
  table.addEventListener("focusout", ({ target }) => isCell(target) && commit(target));
  table.addEventListener("input", ({ target }) => {
    clearFill();
    hold(target);
    clearTimeout(idle);
    idle = setTimeout(() => commit(target), IDLE);
  });
  table.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!isCell(input) || event.isComposing || event.keyCode === 229) return;
    const step = movement(event);
    if (step) {
      event.preventDefault();
      move(input, ...step);
    } else if (event.key === "F2") edit();
    else if (event.key === "Escape") {
      input.value = input.value === before ? saved.get(input) : before;
      hold(input);
      commit(input);
      input.select();
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      fillDown(input);
    } else if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && lastFill.length) {
      event.preventDefault();
      undo();
    }
  });
  table.addEventListener("paste", (event) => {
    const values = block(event.clipboardData);
    if (!values.length || (isEditing && values.length === 1 && values[0].length === 1)) return;
    event.preventDefault();
    paste(event.target, values);
  });
  undoButton.addEventListener("click", undo);
  for (const button of sheet.querySelectorAll("[data-sheet-value]")) {
    button.addEventListener("click", () => {
      if (!current.readOnly) fill([[current, button.dataset.sheetValue]]);
      move(current, 1, 0);
    });
  }
  addEventListener("pagehide", () => {
    commit(current);
    queue.send();
  });

  function isCell(element) {
    return saved.has(element);
  }

  function edit() {
    isEditing = true;
    current.setSelectionRange(current.value.length, current.value.length);
  }

  function movement({ key, shiftKey, ctrlKey, metaKey, altKey }) {
    if (ctrlKey || metaKey || altKey) return null;
    if (key === "Enter") return [shiftKey ? -1 : 1, 0];
    if (key === "ArrowDown") return [1, 0];
    if (key === "ArrowUp") return [-1, 0];
    if (isEditing) return null;
    if (key === "ArrowRight") return [0, 1];
    if (key === "ArrowLeft") return [0, -1];
    return null;
  }

  function place(input) {
    const row = rows.findIndex((cells) => cells.includes(input));
    return [row, rows[row].indexOf(input)];
  }

  function move(input, down, right) {
    const [row, column] = place(input);
    const next = rows[row + down]?.[column + right];
    commit(input);
    focus(next ?? input);
  }

  function focus(input) {
    input.focus();
    input.select();
  }

  // Keeping what was typed

  // From the first key on the value is in the storage; it is sent when the cell is left.
  function hold(input) {
    const { student, assessment, version } = input.dataset;
    const known = queue.get(student, assessment);
    if (input.value === saved.get(input) && !known?.theirs && !queue.isSending(student, assessment)) {
      queue.drop(student, assessment);
      mark(input, "");
    } else {
      queue.put({
        student: Number(student),
        assessment: Number(assessment),
        value: tidy(input.value),
        version: known?.version ?? Number(version || 0),
        draft: true,
        ...(known?.theirs && { theirs: known.theirs }),
      });
      if (known?.theirs) show(queue.get(student, assessment));
      else mark(input, "typed");
    }
    if (known?.refused) list();
  }

  function commit(input) {
    if (input === current) clearTimeout(idle);
    const tidied = tidy(input.value);
    if (tidied !== input.value) input.value = tidied;
    const entry = queue.get(input.dataset.student, input.dataset.assessment);
    if (!entry?.draft) return;
    if (input.value === saved.get(input)) hold(input);
    queue.release(input.dataset.student, input.dataset.assessment);
    figures();
    queue.schedule();
  }

  // Full-width figures, a Chinese full stop for the point, and the letters for absent, deferred and exempt.
  function tidy(value) {
    const plain = value.normalize("NFKC").replace(/[。．]/g, ".").trim();
    return words.letters[plain.toLowerCase()] ?? plain;
  }

  function restore() {
    for (const entry of queue.entries.values()) {
      const input = byKey.get(`${entry.student}.${entry.assessment}`);
      if (!input || input.readOnly) continue;
      if (input.value === entry.value) {
        queue.drop(entry.student, entry.assessment);
        continue;
      }
      queue.release(entry.student, entry.assessment);
      input.value = entry.value;
      mark(input, "waiting");
      if (entry.theirs || entry.refused) show(entry);
    }
    if (!queue.size) return;
    tell(words.restored, { count: queue.size });
    say(words.open, { count: queue.size });
    queue.schedule();
  }

  // What was typed before this script had arrived over a slow network.
  function adopt() {
    for (const input of inputs) {
      if (input.readOnly || input.value === saved.get(input) || queue.get(input.dataset.student, input.dataset.assessment)) continue;
      hold(input);
      if (input !== document.activeElement) commit(input);
    }
  }

  // Filling many cells

  function paste(target, values) {
    const [row, column] = place(target);
    const cells = values.flatMap((line, down) => line.map((value, right) => [rows[row + down]?.[column + right], value]));
    const usable = cells.filter(([input, value]) => input && !input.readOnly && value !== "");
    const changed = fill(usable);
    tell(words.pasted, { count: usable.length, changed, ignored: cells.length - usable.length });
    focus(target);
  }

  // Ctrl+D: an empty cell takes the value above; a filled one fills the empty cells below.
  function fillDown(input) {
    commit(input);
    const [row, column] = place(input);
    const above = rows[row - 1]?.[column];
    const empty = rows.slice(row + 1).map((cells) => cells[column]).filter((cell) => cell && !cell.readOnly && !cell.value);
    const cells = input.value ? empty.map((cell) => [cell, input.value]) : above?.value ? [[input, above.value]] : [];
    tell(words.filled, { count: fill(cells) });
  }

  function fill(cells) {
    const changes = cells.map(([input, value]) => [input, tidy(value)]).filter(([input, value]) => input.value !== value);
    lastFill = changes.map(([input]) => [input, input.value]);
    undoButton.hidden = changes.length === 0;
    write(changes);
    return changes.length;
  }

  function undo() {
    const count = lastFill.length;
    write(lastFill);
    clearFill();
    tell(words.undone, { count });
    focus(current);
  }

  function write(changes) {
    for (const [input, value] of changes) {
      input.value = value;
      hold(input);
      commit(input);
    }
    before = current.value;
  }

  function clearFill() {
    lastFill = [];
    undoButton.hidden = true;
    message.textContent = "";
  }

  // Showing what became of it

  function cellOf(entry) {
    return byKey.get(`${entry.student}.${entry.assessment}`);
  }

  function list() {
    problems.show([...queue.entries.values()].filter((entry) => entry.theirs || entry.refused));
  }

  function mark(input, state) {
    const cell = input.closest("td");
    if (state) cell.dataset.state = state;
    else delete cell.dataset.state;
    input.setAttribute("aria-invalid", String(state === "invalid"));
  }

  function sending(entries) {
    for (const entry of entries) if (cellOf(entry)) mark(cellOf(entry), "saving");
    if (!queue.failures) say(words.saving, { count: entries.length });
  }

  function keep(entry, answer) {
    const input = cellOf(entry);
    if (!input) return;
    input.dataset.version = answer.version;
    saved.set(input, answer.value);
    if (input !== document.activeElement || input.value === entry.value) input.value = answer.value;
    if (input === current) before = answer.value;
    mark(input, "saved");
  }

  function moved(entry, answer) {
    const input = cellOf(entry);
    input.dataset.version = answer.version;
    saved.set(input, answer.value);
  }

  function results(changed, whole = {}) {
    for (const [student, result] of Object.entries(changed)) {
      const cell = table.querySelector(`[data-result="${student}"]`);
      if (cell) cell.textContent = result;
    }
    for (const figure of ["average", "missing"]) {
      const foot = table.querySelector(`[data-sheet-${figure}]`);
      if (foot && figure in whole) foot.textContent = whole[figure] === "" ? "–" : whole[figure];
    }
    list();
    figures();
    const open = queue.size;
    if (open) say(words.open, { count: open });
    else say(words.saved, { time: new Date().toTimeString().slice(0, 5) });
  }

  function waiting(reason, message) {
    for (const entry of queue.entries.values()) {
      if (cellOf(entry) && !entry.theirs && !entry.refused) mark(cellOf(entry), "waiting");
    }
    say(reason === "refused" ? message || words.offline : words[reason], { count: queue.size });
    if (reason !== "signed_out") return;
    const link = document.createElement("a");
    link.href = table.dataset.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = words.sign_in;
    status.append(" ", link);
  }

  function show(entry) {
    const input = cellOf(entry);
    if (!input) return;
    mark(input, entry.theirs ? "conflict" : "invalid");
    list();
  }

  function takeMine(entry) {
    const input = cellOf(entry);
    input.dataset.version = entry.theirs.version;
    saved.set(input, entry.theirs.value);
    queue.drop(entry.student, entry.assessment);
    settle(input);
  }

  function takeTheirs(entry) {
    const input = cellOf(entry);
    input.dataset.version = entry.theirs.version;
    saved.set(input, entry.theirs.value);
    input.value = entry.theirs.value;
    queue.drop(entry.student, entry.assessment);
    settle(input);
  }

  function settle(input) {
    hold(input);
    if (input.value === saved.get(input)) mark(input, "saved");
    commit(input);
    list();
    figures();
    focus(input);
  }

  // Average and missing count in the foot.
  function figures() {
    for (const foot of table.querySelectorAll("[data-average]")) {
      const column = inputs.filter((input) => input.dataset.assessment === foot.dataset.average);
      const taken = column.filter((input) => input.closest("td").dataset.state !== "invalid");
      const marks = taken.map((input) => input.value.trim()).filter((value) => value !== "" && !isNaN(value));
      const sum = marks.reduce((total, value) => total + Number(value), 0);
      foot.textContent = marks.length ? (sum / marks.length).toFixed(1) : "–";
      const missing = table.querySelector(`[data-missing="${foot.dataset.average}"]`);
      if (missing) missing.textContent = column.filter((input) => input.value.trim() === "").length;
    }
  }

  // What a fill has changed stays until the next key, beside the state of saving.
  function tell(text, values) {
    message.textContent = fillIn(text, values);
  }

  function say(text, values = {}) {
    status.textContent = fillIn(text, values);
  }
}
