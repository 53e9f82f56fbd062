// Asks before what cannot be undone: <form data-confirm="question">.

const dialog = document.getElementById("confirm");
const question = document.getElementById("confirm-question");

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
    if (agreed || !form.dataset.confirm) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    if (!(await ask(form.dataset.confirm))) return;
    agreed = true;
    form.requestSubmit(button);
    agreed = false;
  });
}
