// A file may be dropped anywhere in the frame; its name is shown.

export function start(frame) {
  const input = frame.querySelector("input");
  const name = frame.querySelector("[data-drop-name]");

  input.addEventListener("change", () => {
    name.textContent = [...input.files].map((file) => file.name).join("、");
  });
  for (const type of ["dragenter", "dragover"]) frame.addEventListener(type, () => (frame.dataset.over = ""));
  for (const type of ["dragleave", "drop"]) frame.addEventListener(type, () => delete frame.dataset.over);
}
