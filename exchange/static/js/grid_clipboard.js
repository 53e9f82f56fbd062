// What spreadsheets put on the clipboard, as rows of plain values.

// A block copied from Excel or WPS: tab-separated text with quoted cells, or, where that is missing, an HTML table.
export function block(clipboard) {
  const text = clipboard.getData("text/plain");
  return text ? fromText(text) : fromTable(clipboard.getData("text/html"));
}

function fromText(text) {
  const rows = [[""]];
  let quoted = false;
  const source = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (let place = 0; place < source.length; place++) {
    const sign = source[place];
    const row = rows.at(-1);
    const last = row.length - 1;
    if (quoted && sign === '"' && source[place + 1] === '"') {
      row[last] += sign;
      place++;
    } else if (sign === '"' && (quoted || row[last] === "")) quoted = !quoted;
    else if (quoted) row[last] += sign;
    else if (sign === "\t") row.push("");
    else if (sign === "\n") rows.push([""]);
    else row[last] += sign;
  }
  return rows.map((row) => row.map(plain));
}

function fromTable(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  return [...page.querySelectorAll("tr")].map((row) => [...row.cells].map((cell) => plain(cell.textContent)));
}

function plain(value) {
  return value.replace(/[\s\u00a0]+/g, " ").trim();
}
