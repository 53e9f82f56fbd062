// Average and missing count under each column: of what stands in the cells, brought up to date before the next paint.

export class Figures {
  constructor(table, cells) {
    this.feet = [...table.querySelectorAll("[data-average]")].map((average, column) => ({
      average,
      missing: table.querySelector(`[data-missing="${average.dataset.average}"]`),
      column: cells.rows.map((row) => row[column]),
    }));
    this.waiting = new Set();
  }

  update(column) {
    if (!this.waiting.size) requestAnimationFrame(() => this.draw());
    this.waiting.add(column);
  }

  updateAll() {
    this.feet.forEach((_foot, column) => this.update(column));
  }

  draw() {
    for (const column of this.waiting) if (this.feet[column]) drawFoot(this.feet[column]);
    this.waiting.clear();
  }
}

function drawFoot({ average, missing, column }) {
  let [sum, count, empty] = [0, 0, 0];
  for (const input of column) {
    const value = input.value.trim();
    if (value === "") empty++;
    else if (!isNaN(value) && input.parentElement.dataset.state !== "invalid") {
      sum += Number(value);
      count++;
    }
  }
  average.textContent = count ? (sum / count).toFixed(1) : "–";
  if (missing) missing.textContent = empty;
}
