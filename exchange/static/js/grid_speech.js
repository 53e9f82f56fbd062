// What the page says about the sheet: in sight the state of saving and the last fill; to those who listen, politely,
// which cell was saved and which was not, and why.

import { fillIn } from "./grid_problems.js";

export class Speech {
  constructor(sheet, words, signIn) {
    this.status = sheet.querySelector("[data-sheet-status]");
    this.message = sheet.querySelector("[data-sheet-message]");
    this.live = sheet.querySelector("[data-sheet-live]");
    this.words = words;
    this.signIn = signIn;
    this.saved = [];
    this.refusals = [];
    this.waited = "";
  }

  // The state of saving, in sight only.
  state(text, values = {}) {
    this.status.textContent = fillIn(text, values);
  }

  // What a fill, a paste or a choice of cells has done; [sentence, values] each. Nothing: it is no news any more.
  tell(...parts) {
    const text = parts.map(([sentence, values]) => fillIn(sentence, values)).join(" ");
    if (this.message.textContent !== text) this.message.textContent = text;
  }

  done(name, value) {
    this.saved.push({ name, value });
  }

  failed(name, reason) {
    this.refusals.push({ name, reason });
  }

  // Once for an answer of the server, however many cells it is about.
  report() {
    const [first] = this.saved;
    const parts = this.refusals.slice(0, 3).map((refusal) => fillIn(this.words.cell_refused, refusal));
    if (this.refusals.length > 3) parts.push(fillIn(this.words.open, { count: this.refusals.length }));
    if (this.saved.length === 1) parts.push(fillIn(this.words.cell_saved, first));
    else if (first) parts.push(fillIn(this.words.cells_saved, { count: this.saved.length }));
    if (parts.length) this.live.textContent = parts.join(" ");
    this.saved = [];
    this.refusals = [];
    this.waited = "";
  }

  // Why everything waits; said once, shown with the way to sign in again.
  wait(reason, sentence) {
    this.state(sentence);
    if (this.waited !== reason) this.live.textContent = sentence;
    this.waited = reason;
    if (reason !== "signed_out") return;
    const link = document.createElement("a");
    link.href = this.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = this.words.sign_in;
    this.status.append(" ", link);
  }
}
