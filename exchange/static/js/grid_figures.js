// Under each column what stands in its cells, brought up to date before the next paint: the average of figures, or on a
// scale of levels how many are of which; and how many cells are empty.

export class Figures {
  // levels: the words of a scale of levels, the best first; empty where figures are typed
  constructor(table, cells, levels) {
    const summarise = levels.length ? (values) => distribution(values, levels) : average;
    this.feet = [...table.querySelectorAll("[data-summary]")].map((summary, column) => ({
      summary,
      summarise,
      missing: table.querySelector(`[data-missing="${summary.dataset.summary}"]`),
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

function drawFoot({ summary, summarise, missing, column }) {
  const filled = column.filter((input) => input.value.trim() !== "");
  const valid = filled.filter((input) => input.parentElement.dataset.state !== "invalid");
  summary.textContent = summarise(valid.map((input) => input.value.trim())) || "–";
  if (missing) missing.textContent = column.length - filled.length;
}

function average(values) {
  const figures = values.filter((value) => !isNaN(value)).map(Number);
  return figures.length && (figures.reduce((sum, figure) => sum + figure, 0) / figures.length).toFixed(1);
}

function distribution(values, levels) {
  const counted = levels.map((level) => [level, values.filter((value) => value === level).length]);
  return counted.filter(([, count]) => count).map((pair) => pair.join(" ")).join(" · ");
}
