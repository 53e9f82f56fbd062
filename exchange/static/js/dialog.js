// Asks before what cannot be undone: <form data-confirm="question">. Nothing is asked while the number that
// data-confirm-unless points to says that something is missing: the server refuses with the reason.

const dialog = document.getElementById("confirm");
const question = document.getElementById("confirm-question");

function isUnfinished(form) {
  const counter = form.dataset.confirmUnless && document.querySelector(form.dataset.confirmUnless);
  return Boolean(counter) && Number(counter.textContent) > 0;
}

export function start(form) {
  let agreed = false;

  form.addEventListener("submit", (event) => {
    if (agreed || !form.dataset.confirm || isUnfinished(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    question.textContent = form.dataset.confirm;
    dialog.returnValue = "no";
    dialog.addEventListener(
      "close",
      () => {
        if (dialog.returnValue !== "yes") return;
        agreed = true;
        form.requestSubmit(button);
        agreed = false;
      },
      { once: true },
    );
    dialog.showModal();
  });
}
