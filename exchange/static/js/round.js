// The sheet of a round: Enter goes to the next row, the arrow keys along the column of scores, figures decide.

export function start(form) {
  const cells = [...form.querySelectorAll("[data-cell]")];
  const columns = new Set(cells.map((cell) => cell.tagName)).size;

  const move = (cell, steps) => {
    const next = cells[cells.indexOf(cell) + steps * columns];
    next?.focus();
    next?.select?.();
    return next;
  };

  form.addEventListener("keydown", (event) => {
    const cell = event.target.closest("[data-cell]");
    if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (!move(cell, event.shiftKey ? -1 : 1)) form.querySelector(".button--primary").focus();
    } else if (cell.tagName === "INPUT" && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      move(cell, event.key === "ArrowDown" ? 1 : -1);
    } else if (cell.tagName === "SELECT" && /^[0-9]$/.test(event.key) && event.key < cell.options.length) {
      event.preventDefault();
      cell.selectedIndex = Number(event.key);
      cell.dispatchEvent(new Event("change", { bubbles: true }));
    }
  });
}
