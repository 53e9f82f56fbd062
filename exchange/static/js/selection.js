// Rows chosen for the bulk bar: the bar appears with the first row; Shift chooses all in between.

export function start(bar) {
  const boxes = [...document.querySelectorAll(`[data-select][form="${bar.id}"]`)];
  const alls = [...document.querySelectorAll(`[data-select-all][form="${bar.id}"]`)];
  const count = bar.querySelector("[data-selected]");
  const spoken = document.querySelector(`[data-selection-of="${bar.id}"]`);
  let last;

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      show(event);
    });
  }
  for (const all of alls) {
    all.addEventListener("change", (event) => {
      for (const box of boxes) box.checked = all.checked;
      show(event);
    });
  }
  bar.querySelector("[data-selectable]").textContent = boxes.length;
  addEventListener("pageshow", () => show());
  show();

  function show(event) {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = chosen;
    if (event) spoken.textContent = spoken.dataset.words.replace("{chosen}", chosen).replace("{all}", boxes.length);
    bar.hidden = chosen === 0;
    for (const all of alls) {
      all.checked = chosen > 0 && chosen === boxes.length;
      all.indeterminate = chosen > 0 && chosen < boxes.length;
    }
  }
}
