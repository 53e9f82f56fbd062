// What was typed and is not saved yet. It lives in the browser's storage, one entry per cell, sheet and user, until the
// server has confirmed it: a dropped network, a stopped server, an expired session or a reload loses nothing.
//
// An entry is {student, assessment, value, version} and may carry `draft` (still being typed), `theirs` (someone else
// wrote: a person must choose) or `refused` (the server's sentence why not). Such entries wait; all others are sent.

const BATCH = 800; // 60 students with 12 assessments go at once; the server takes 2,000
const PAUSES = [2000, 4000, 8000, 15000, 30000];

export class Queue {
  // on: {sending(entries), saved(entry, answer), moved(entry, answer), undecided(entry), results(results),
  //      waiting(reason, message)}. moved: saved, but the cell has been typed over since.
  //      reason is "offline", "signed_out" or "refused".
  constructor({ url, user, on }) {
    this.url = url;
    this.user = user;
    this.on = on;
    this.prefix = `exchange.marks.${user}.${url}.`;
    this.entries = new Map(stored(this.prefix));
    this.inFlight = new Set();
    this.failures = 0;
    addEventListener("online", () => this.send());
    addEventListener("focus", () => this.failures && this.send());
    addEventListener("beforeunload", (event) => this.lossy && this.entries.size && event.preventDefault());
  }

  get size() {
    return this.entries.size;
  }

  put(entry) {
    const key = `${entry.student}.${entry.assessment}`;
    this.entries.set(key, entry);
    try {
      localStorage.setItem(this.prefix + key, JSON.stringify(entry));
    } catch {
      this.lossy = true; // storage is full or forbidden: then at least leaving the page is asked about
    }
  }

  get ready() {
    return [...this.entries.values()].filter((entry) => !entry.draft && !entry.theirs && !entry.refused);
  }

  isSending(student, assessment) {
    return this.inFlight.has(`${student}.${assessment}`);
  }

  get(student, assessment) {
    return this.entries.get(`${student}.${assessment}`);
  }

  // The cell has been left: what was typed may be sent.
  release(student, assessment) {
    const { draft, ...entry } = this.get(student, assessment) ?? {};
    if (draft) this.put(entry);
  }

  drop(student, assessment) {
    const key = `${student}.${assessment}`;
    this.entries.delete(key);
    try {
      localStorage.removeItem(this.prefix + key);
    } catch {
      this.lossy = true;
    }
  }

  // Sends soon, so that the cells of one paste or of quick typing go together.
  schedule(pause = 120) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), pause);
  }

  async send() {
    clearTimeout(this.timer);
    if (this.inFlight.size) return this.schedule(300);
    const sent = this.ready.slice(0, BATCH);
    if (!sent.length) return;
    this.inFlight = new Set(sent.map((entry) => `${entry.student}.${entry.assessment}`));
    this.on.sending(sent);
    const answer = await this.write(sent);
    this.inFlight.clear();
    if (answer.reason) return this.retry(answer);
    this.failures = 0;
    this.settle(sent, answer.cells);
    this.on.results(answer.results ?? {}, answer);
    if (this.ready.length) this.schedule();
  }

  async write(sent, fresh = true) {
    const token = document.querySelector('meta[name="csrf-token"]');
    const cells = sent.map(({ student, assessment, value, version }) => ({ student, assessment, value, version }));
    let response;
    try {
      response = await fetch(this.url, {
        method: "PUT",
        headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.content },
        body: JSON.stringify({ user: this.user, cells }),
        keepalive: cells.length < 200,
      });
    } catch {
      return { reason: "offline" };
    }
    if (response.status === 401 || response.redirected) return { reason: "signed_out" };
    const answer = await response.json().catch(() => ({}));
    if (answer.csrf_token) {
      token.content = answer.csrf_token;
      if (fresh) return this.write(sent, false);
    }
    if (response.ok && answer.cells) return answer;
    if (response.status >= 500 || response.ok) return { reason: "offline" };
    return { reason: "refused", message: answer.message };
  }

  retry({ reason, message }) {
    this.on.waiting(reason, message);
    this.schedule(PAUSES[Math.min(this.failures++, PAUSES.length - 1)]);
  }

  settle(sent, cells) {
    const answers = new Map(cells.map((cell) => [`${cell.student}.${cell.assessment}`, cell]));
    for (const was of sent) {
      const answer = answers.get(`${was.student}.${was.assessment}`);
      const entry = this.get(was.student, was.assessment);
      if (!answer || !entry) continue;
      const isNewer = entry.value !== was.value;
      const isMine = answer.status === "saved" || (answer.status === "conflict" && answer.value === was.value);
      if (isMine && isNewer) {
        this.put({ ...entry, version: answer.version });
        this.on.moved(entry, answer);
      } else if (isMine) {
        this.drop(was.student, was.assessment);
        this.on.saved(entry, answer);
      } else if (isNewer) continue;
      else if (answer.status === "conflict") {
        const { value, version, by, at } = answer;
        this.put({ ...entry, theirs: { value, version, by, at } });
        this.on.undecided(this.get(was.student, was.assessment));
      } else {
        this.put({ ...entry, refused: answer.message });
        this.on.undecided(this.get(was.student, was.assessment));
      }
    }
  }
}

function stored(prefix) {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => [key.slice(prefix.length), JSON.parse(localStorage.getItem(key))]);
  } catch {
    return [];
  }
}
