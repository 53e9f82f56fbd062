// The unsaved guard: leaving a form that has been changed is asked about.

export function start(form) {
  let changed = form.querySelector(".error-summary") !== null;

  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  addEventListener("beforeunload", (event) => changed && event.preventDefault());
}
