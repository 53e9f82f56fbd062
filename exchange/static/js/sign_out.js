// Whoever signs out leaves nothing on the phone. What was not sent yet is asked about first.

import { ask } from "./dialog.js";
import { forget, unsent } from "./drafts.js";
import { logs, rolls } from "./unsent.js";

export function start(form) {
  let agreed = false;

  form.addEventListener("submit", async (event) => {
    if (agreed) return;
    event.preventDefault();
    if (((await unsent().catch(() => 0)) || rolls.unsent() || logs.unsent()) && !(await ask(form.dataset.signOut))) return;
    agreed = true;
    await forget();
    rolls.forget();
    logs.forget();
    form.requestSubmit(event.submitter);
  });
}
