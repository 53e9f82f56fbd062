// Copies the address in the field that the button names, and says so.

export function start(button) {
  const field = document.getElementById(button.dataset.copy);
  const answer = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      copied = document.execCommand("copy"); // without https there is no clipboard
    }
    if (copied && answer) answer.textContent = answer.dataset.copied;
  });
}
