// Asks before what cannot be undone: <form data-confirm="question">.

const dialog = document.getElementById("confirm");
const question = document.getElementById("confirm-question");

export function start(form) {
  let agreed = false;

  form.addEventListener("submit", (event) => {
    if (agreed || !form.dataset.confirm) return;
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
