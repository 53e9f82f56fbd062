// The mark sheet: a table of plain inputs that behaves like a spreadsheet and saves every cell by itself.
//
// Page    <table data-grid data-url data-user data-sign-in data-words> from components/grid.html;
//         each input carries data-student, data-assessment, data-version; [data-result="<student>"] shows the result.
// Request PUT <data-url>, header X-CSRFToken, JSON
//         {"user": 7, "cells": [{"student": 12, "assessment": 3, "value": "88", "version": 4}]}
//         value is what the cell shows: a number, "" for none, or 缺 缓 免 (A D E in English). version is the one the
//         value was typed over; 0 stands for a cell that was never filled. user is who typed.
// Answers 200 {"cells": [{"student", "assessment", "status", "value", "version", …}], "results": {"<student>": "86.5"},
//              "summary": "83.2", "missing": 4}; on a scale of levels summary is "优秀 3 · 良好 12"
//           saved     value and version as they are now; also when the same value was already stored (a repeated request)
//           conflict  value, version, by, at (name and time as words): what someone else wrote since; nothing was changed
//           invalid   message: why the value was not taken
//         401 signed out, or signed in as another user: everything waits and is sent again after sign-in
//         419 or 403 with {"csrf_token"}: the request is repeated with the fresh token
//         4xx {"message"}: nothing was taken, for the reason given; 5xx or no answer: sent again later
// Keys    grid_keys.js; they stand on the page, too.

import { understand } from "./grid_block.js";
import { Cells } from "./grid_cells.js";
import { block, put } from "./grid_clipboard.js";
import { Figures } from "./grid_figures.js";
import { Fills } from "./grid_fills.js";
import { listen } from "./grid_keys.js";
import { Problems, fillIn } from "./grid_problems.js";
import { Queue } from "./grid_queue.js";
import { Selection } from "./grid_selection.js";
import { Speech } from "./grid_speech.js";

const IDLE = 2000;

export function start(table) {
  const words = JSON.parse(table.dataset.words);
  const sheet = table.closest("[data-sheet]");
  const undoButton = sheet.querySelector("[data-sheet-undo]");
  const cells = new Cells(table);
  if (!cells.all.length) return;
  const asked = cells.named(location.hash);
  let current = asked ?? cells.all[0];
  let isEditing = false;
  let wasOpen = false;
  let before = current.value;
  let idle;

  const speech = new Speech(sheet, words, table.dataset.signIn);
  const figures = new Figures(table, cells, words.levels);
  const selection = new Selection(cells, tellRange);
  const fills = new Fills({ write, changed: () => (undoButton.hidden = fills.size === 0) });
  const queue = new Queue({
    url: table.dataset.url,
    user: Number(table.dataset.user),
    on: { sending, saved: keep, moved, undecided: show, results, waiting },
  });
  const problems = new Problems({
    place: sheet.querySelector("[data-sheet-problems]"),
    words,
    cells,
    on: { takeMine, takeTheirs, goTo: (entry) => focus(cells.of(entry)) },
  });
  selection.begin(current);
  restore();
  adopt();
  figures.updateAll();
  listen(table, {
    isCell: (element) => cells.has(element),
    isEditing: () => isEditing,
    isTyped: () => isEditing || current.value !== before,
    canUndo: () => fills.size > 0,
    edit,
    move,
    extend: (down, right) => selection.extend(down, right),
    restoreCell,
    fillDown,
    isRange: () => selection.isRange,
    selectAll: () => selection.all(),
    clear: () => fillRange(""),
    undo,
    nextProblem: () => focus(problems.after(current) ?? current),
    decide: () => problems.enter(current),
  });
  if (asked) goTo(asked);
  addEventListener("hashchange", () => goTo(cells.named(location.hash)));

  // Moving and typing

  table.addEventListener("mousedown", (event) => {
    const input = event.target.closest("td")?.querySelector("input");
    if (!input || event.button) return;
    if (event.shiftKey) {
      event.preventDefault();
      return selection.extendTo(input);
    }
    wasOpen = input === document.activeElement;
    if (wasOpen && isEditing) return;
    event.preventDefault();
    focus(input);
  });
  table.addEventListener("click", ({ target }) => {
    if (target === document.activeElement && wasOpen && !isEditing && !selection.isRange && cells.has(target)) edit();
  });
  table.addEventListener("mouseover", (event) => {
    const input = event.buttons === 1 && !isEditing && event.target.closest("td")?.querySelector("input");
    if (input) selection.extendTo(input);
  });
  table.addEventListener("focusin", ({ target }) => {
    if (!cells.has(target)) return;
    current = target;
    before = target.value;
    isEditing = false;
    selection.begin(target);
    target.select();
  });
  table.addEventListener("focusout", ({ target }) => cells.has(target) && commit(target));
  table.addEventListener("input", ({ target }) => {
    speech.tell();
    selection.begin(target);
    hold(target);
    clearTimeout(idle);
    idle = setTimeout(() => commit(target), IDLE);
  });
  table.addEventListener("copy", (event) => {
    if (!cells.has(event.target) || isEditing) return;
    event.preventDefault();
    const rows = selection.rows.map((row) => row.map((input) => input.value));
    put(event.clipboardData, rows);
    if (selection.isRange) speech.tell([words.copied, { count: rows.length * rows[0].length }]);
  });
  table.addEventListener("paste", (event) => {
    const values = block(event.clipboardData);
    const isOne = values.length === 1 && values[0].length === 1;
    if (!values.length || !cells.has(event.target) || (isEditing && isOne)) return;
    event.preventDefault();
    if (isOne && selection.isRange) fillRange(values[0][0]);
    else paste(values);
  });
  undoButton.addEventListener("click", undo);
  for (const button of sheet.querySelectorAll("[data-sheet-value]")) {
    button.addEventListener("click", () => {
      if (selection.isRange) return fillRange(button.dataset.sheetValue);
      fill([[current, button.dataset.sheetValue]]);
      move(1, 0);
    });
  }
  addEventListener("pagehide", () => {
    commit(current);
    queue.send();
  });

  function edit() {
    isEditing = true;
    current.setSelectionRange(current.value.length, current.value.length);
  }

  function move(down, right) {
    const [row, column] = cells.place(current);
    commit(current);
    focus(cells.at(row + down, column + right) ?? current);
  }

  function focus(input) {
    if (input === document.activeElement) selection.begin(input);
    input.focus();
    input.select();
  }

  // A list of what is missing leads to the very cell.
  function goTo(input) {
    if (!input) return;
    focus(input);
    input.scrollIntoView({ block: "center", inline: "center" });
  }

  function restoreCell() {
    current.value = current.value === before ? cells.saved.get(current) : before;
    isEditing = false;
    selection.begin(current);
    hold(current);
    commit(current);
    current.select();
  }

  // Keeping what was typed

  // From the first key on the value is in the storage; it is sent when the cell is left.
  function hold(input, isDraft = true) {
    const { student, assessment, version } = input.dataset;
    const known = queue.get(student, assessment);
    if (cells.isAsStored(input) && !known?.theirs && !queue.isSending(student, assessment)) {
      queue.drop(student, assessment);
      cells.mark(input, "");
    } else {
      queue.put({
        student: Number(student),
        assessment: Number(assessment),
        value: tidy(input.value),
        version: known?.version ?? Number(version || 0),
        ...(isDraft && { draft: true }),
        ...(known?.theirs && { theirs: known.theirs }),
      });
      if (!known?.theirs) cells.mark(input, "typed");
    }
    if (known?.theirs || known?.refused) list();
  }

  function commit(input) {
    if (input === current) clearTimeout(idle);
    const tidied = tidy(input.value);
    if (tidied !== input.value) input.value = tidied;
    const { student, assessment } = input.dataset;
    if (!queue.get(student, assessment)?.draft) return;
    if (cells.isAsStored(input)) hold(input);
    queue.release(student, assessment);
    figures.update(cells.place(input)[1]);
    send();
  }

  function send() {
    const { length } = queue.ready;
    if (length && !queue.failures) speech.state(words.saving, { count: length });
    queue.schedule();
  }

  // Full-width figures, a Chinese full stop for the point, and the letters for absent, deferred and exempt.
  function tidy(value) {
    const plain = value.normalize("NFKC").replace(/[。．]/g, ".").trim();
    return words.letters[plain.toLowerCase()] ?? plain;
  }

  function restore() {
    let locked = 0;
    for (const entry of [...queue.entries.values()]) {
      const input = cells.of(entry);
      if (input?.readOnly) locked++;
      if (!input || input.readOnly) continue;
      if (input.value === entry.value) {
        queue.drop(entry.student, entry.assessment);
        continue;
      }
      queue.release(entry.student, entry.assessment);
      input.value = entry.value;
      cells.mark(input, "waiting");
      if (entry.theirs || entry.refused) show(entry);
    }
    if (locked) return speech.tell([words.kept, { count: locked }]);
    if (!queue.size) return;
    speech.tell([words.restored, { count: queue.size }]);
    speech.state(words.open, { count: queue.size });
    queue.schedule();
  }

  // What was typed before this script had arrived over a slow network.
  function adopt() {
    for (const input of cells.all) {
      const isKnown = queue.get(input.dataset.student, input.dataset.assessment);
      if (input.readOnly || cells.isAsStored(input) || isKnown) continue;
      hold(input);
      if (input !== document.activeElement) commit(input);
    }
  }

  // Filling many cells

  function paste(values) {
    const [corner] = selection.bounds;
    const found = understand(values, corner, Cells.outline(table, words));
    const aimed = found.cells.map(([row, column, value]) => [cells.at(row, column), value]);
    const usable = aimed.filter(([input]) => input && !input.readOnly);
    const changed = fill(usable);
    const ignored = aimed.length - usable.length + found.blank;
    speech.tell([words.pasted, { count: usable.length, changed, ignored }], ...found.notes);
  }

  function fillRange(value) {
    speech.tell([words.range_filled, { count: fill(selection.rows.flat().map((input) => [input, value])) }]);
  }

  // Ctrl+D: a range takes its first row; alone, an empty cell takes the value above, a filled one fills the empty below.
  function fillDown() {
    commit(current);
    const [row, column] = cells.place(current);
    const [first, ...others] = selection.rows;
    const above = cells.at(row - 1, column)?.value;
    const below = cells.rows.slice(row + 1).map((line) => line[column]);
    let changes = [];
    if (selection.isRange) changes = others.flatMap((line) => line.map((input, place) => [input, first[place].value]));
    else if (current.value) changes = below.filter((input) => !input.value).map((input) => [input, current.value]);
    else if (above) changes = [[current, above]];
    speech.tell([words.filled, { count: fill(changes) }]);
  }

  function fill(changes) {
    return fills.fill(changes.map(([input, value]) => [input, tidy(value)]));
  }

  function undo() {
    if (!fills.size) return;
    const { count, kept } = fills.undo();
    speech.tell([words.undone, { count }], ...(kept ? [[words.undo_kept, { count: kept }]] : []));
    focus(current);
  }

  function write(changes) {
    for (const [input, value] of changes) {
      input.value = value;
      hold(input, false);
      figures.update(cells.place(input)[1]);
    }
    before = current.value;
    send();
  }

  // Showing what became of it

  function tellRange() {
    const [[top, left], [bottom, right]] = selection.bounds;
    const [from, to] = [cells.at(top, left), cells.at(bottom, right)].map((input) => input.getAttribute("aria-label"));
    speech.tell([words.range, { rows: bottom - top + 1, columns: right - left + 1, from, to }]);
  }

  function list() {
    problems.show([...queue.entries.values()].filter((entry) => entry.theirs || entry.refused));
  }

  function sending(entries) {
    for (const entry of entries) if (cells.of(entry)) cells.mark(cells.of(entry), "saving");
    if (!queue.failures) speech.state(words.saving, { count: entries.length });
  }

  function keep(entry, answer) {
    const input = cells.of(entry);
    if (!input) return;
    cells.store(input, answer);
    if (input !== document.activeElement || input.value === entry.value) input.value = answer.value;
    if (input === current) before = answer.value;
    cells.mark(input, "saved");
    speech.done(cells.name(entry), answer.value || words.nothing);
  }

  function moved(entry, answer) {
    if (cells.of(entry)) cells.store(cells.of(entry), answer);
  }

  function results(changed, whole = {}) {
    for (const [student, result] of Object.entries(changed)) {
      const cell = table.querySelector(`[data-result="${student}"]`);
      if (cell) cell.textContent = result;
    }
    for (const figure of ["summary", "missing"]) {
      const foot = table.querySelector(`[data-sheet-${figure}]`);
      if (foot && figure in whole) foot.textContent = whole[figure] === "" ? "–" : whole[figure];
    }
    list();
    figures.updateAll();
    tellState();
    speech.report();
  }

  function tellState() {
    if (queue.size) speech.state(words.open, { count: queue.size });
    else speech.state(words.saved, { time: new Date().toTimeString().slice(0, 5) });
  }

  function waiting(reason, message) {
    for (const entry of queue.entries.values()) {
      if (cells.of(entry) && !entry.theirs && !entry.refused) cells.mark(cells.of(entry), "waiting");
    }
    const sentence = reason === "refused" ? message || words.offline : words[reason];
    speech.wait(reason, fillIn(sentence, { count: queue.size }));
  }

  function show(entry) {
    const input = cells.of(entry);
    if (!input) return;
    cells.mark(input, entry.theirs ? "conflict" : "invalid");
    list();
    speech.failed(cells.name(entry), problems.describe(entry));
  }

  function takeMine(entry) {
    cells.store(cells.of(entry), entry.theirs);
    settle(entry);
  }

  function takeTheirs(entry) {
    cells.store(cells.of(entry), entry.theirs);
    cells.of(entry).value = entry.theirs.value;
    settle(entry);
  }

  function settle(entry) {
    const input = cells.of(entry);
    queue.drop(entry.student, entry.assessment);
    hold(input);
    if (cells.isAsStored(input)) cells.mark(input, "saved");
    tellState();
    commit(input);
    list();
    figures.update(cells.place(input)[1]);
    focus(input);
  }
}
