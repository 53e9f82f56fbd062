// Asks before what cannot be undone: <form data-confirm="question">; a button may bring its own question. Nothing is asked while the number that
// data-confirm-unless points to says that something is missing: the server refuses with the reason.

const dialog = document.getElementById("confirm");
const question = document.getElementById("confirm-question");

function isUnfinished(form) {
  const counter = form.dataset.confirmUnless && document.querySelector(form.dataset.confirmUnless);
  return Boolean(counter) && Number(counter.textContent) > 0;
}

export function ask(text) {
  question.textContent = text;
  dialog.returnValue = "no";
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
    dialog.showModal();
  });
}

export function start(form) {
  let agreed = false;

  form.addEventListener("submit", async (event) => {
    if (agreed || !form.dataset.confirm || isUnfinished(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    if (!(await ask(button?.dataset.confirm || form.dataset.confirm))) return;
    agreed = true;
    form.requestSubmit(button);
    agreed = false;
  });
}
