// What spreadsheets put on the clipboard and take from it: tab-separated text, and a table in HTML.

// A cell that a merged one covers: it has no value of its own.
export const COVERED = null;

// A block copied from Excel or WPS, as rows of plain values. The table in HTML alone knows which cells are merged.
export function block(clipboard) {
  const text = clipboard.getData("text/plain");
  const table = fromTable(clipboard.getData("text/html"));
  return text && !table.some((row) => row.includes(COVERED)) ? fromText(text) : table;
}

// Both forms, so that Excel, WPS and a mail take the range as a table.
export function put(clipboard, rows) {
  clipboard.setData("text/plain", rows.map((row) => row.map(quoted).join("\t")).join("\r\n"));
  const lines = rows.map((row) => `<tr>${row.map((value) => `<td>${escaped(value)}</td>`).join("")}</tr>`);
  clipboard.setData("text/html", `<table>${lines.join("")}</table>`);
}

function fromText(text) {
  const rows = [[""]];
  let isQuoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < source.length; place++) {
    const sign = source[place];
    const row = rows.at(-1);
    const last = row.length - 1;
    if (isQuoted && sign === '"' && source[place + 1] === '"') {
      row[last] += sign;
      place++;
    } else if (sign === '"' && (isQuoted || row[last] === "")) isQuoted = !isQuoted;
    else if (isQuoted) row[last] += sign;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else row[last] += sign;
  }
  return rows.map((row) => row.map(plain));
}

function fromTable(html) {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  const lines = table ? [...table.rows] : [];
  const rows = lines.map(() => []);
  lines.forEach((line, top) => {
    let left = 0;
    for (const cell of line.cells) {
      while (rows[top][left] !== undefined) left++;
      const bottom = Math.min(top + cell.rowSpan, lines.length);
      for (let row = top; row < bottom; row++) rows[row].length = Math.max(rows[row].length, left);
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < left + cell.colSpan; column++) rows[row][column] = COVERED;
      }
      rows[top][left] = plain(cell.textContent);
    }
  });
  return rows.map((row) => Array.from(row, (value) => (value === undefined ? "" : value)));
}

function plain(value) {
  return value.replace(/[\s\u00a0]+/g, " ").trim();
}

function quoted(value) {
  return /["\t\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function escaped(value) {
  return value.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
