// Rows chosen for the bulk bar: the bar appears with the first row; Shift chooses all in between.

export function start(bar) {
  const boxes = [...document.querySelectorAll(`[data-select][form="${bar.id}"]`)];
  const all = document.querySelector(`[data-select-all][form="${bar.id}"]`);
  const count = bar.querySelector("[data-selected]");
  let last;

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last) {
        const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
        for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
      }
      last = box;
      show();
    });
  }
  all?.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  addEventListener("pageshow", show);
  show();

  function show() {
    const chosen = boxes.filter((box) => box.checked).length;
    count.textContent = chosen;
    bar.hidden = chosen === 0;
    if (!all) return;
    all.checked = chosen > 0 && chosen === boxes.length;
    all.indeterminate = chosen > 0 && chosen < boxes.length;
  }
}
