// The state of a job, kept fresh.
// GET /jobs/<id> → {"state": "queued|running|done|failed", "done", "total", "error", "url"}

const SOON = 200;
const LATER = 5000;
const OFTEN = 20; // questions without news before the pauses grow: most jobs take a second or two

export function start(element) {
  const words = JSON.parse(element.dataset.words);
  const bar = element.querySelector("progress");
  const count = element.querySelector("[data-progress-count]");
  const state = element.querySelector("[data-progress-state]");
  let shown = element.dataset.state;
  let pause = SOON;
  let unanswered = 0;
  ask();

  async function ask() {
    const response = await fetch(element.dataset.progress, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!response?.ok || response.redirected) {
      state.textContent = words.lost;
      setTimeout(ask, LATER);
      return;
    }
    show(await response.json());
  }

  function show(job) {
    const moved = bar.value !== job.done;
    bar.max = job.total || 1;
    bar.value = job.done;
    count.textContent = `${job.done} / ${job.total}`;
    if (job.state === "done" || job.state === "failed") return finish(job);
    if (shown !== job.state) state.textContent = words[job.state];
    shown = job.state;
    unanswered = moved ? 0 : unanswered + 1;
    pause = unanswered < OFTEN ? SOON : Math.min(pause * 1.4, LATER);
    setTimeout(ask, pause);
  }

  function finish(job) {
    const wasOpen = element.dataset.state !== "done";
    element.dataset.state = job.state;
    if (job.state === "done") bar.value = bar.max;
    state.textContent = job.error || words[job.state];
    if ("reload" in element.dataset && wasOpen && job.state === "done") return location.reload();
    if (!job.url || job.url === location.pathname) return;
    const link = document.createElement("a");
    link.href = job.url;
    link.textContent = words.open;
    state.append(" ", link);
  }
}
