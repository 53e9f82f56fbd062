// The keys of the mark sheet. Each is a choice of what to do; doing it is the sheet's.
//
// typing replaces; Enter down, Shift+Enter up, Tab right, arrows move, F2 or a second click edits, Esc restores;
// Shift with arrows chooses a range, with Ctrl to the edge, Ctrl+A all; Ctrl+D fills down, Delete empties a range, Ctrl+Z takes the last fill
// back; F8 goes to the next cell that waits for a decision, Alt+Enter to its choices. Copy and paste are the browser's.

const MOVES = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
const FAR = 10_000;

export function listen(table, sheet) {
  table.addEventListener("keydown", (event) => {
    if (!sheet.isCell(event.target) || event.isComposing || event.keyCode === 229) return;
    const act = chosen(event, sheet);
    if (!act) return;
    event.preventDefault();
    act();
  });
}

function chosen(event, sheet) {
  const { key, shiftKey, altKey } = event;
  if (event.ctrlKey || event.metaKey) return withControl(event, sheet);
  if (altKey) return key === "Enter" && sheet.decide;
  if (key === "Enter") return () => sheet.move(shiftKey ? -1 : 1, 0);
  if (key === "F2") return sheet.edit;
  if (key === "F8") return sheet.nextProblem;
  if (key === "Escape") return sheet.restoreCell;
  if (sheet.isEditing() && (shiftKey || !isUpright(key))) return null;
  if (key in MOVES) return () => (shiftKey ? sheet.extend : sheet.move)(...MOVES[key]);
  return key === "Delete" && sheet.isRange() && sheet.clear;
}

function withControl({ key, shiftKey }, sheet) {
  if (key.toLowerCase() === "d") return sheet.fillDown;
  if (key.toLowerCase() === "z" && !shiftKey && !sheet.isTyped() && sheet.canUndo()) return sheet.undo;
  if (sheet.isEditing()) return null;
  if (shiftKey && key in MOVES) return () => sheet.extend(...MOVES[key].map((step) => step * FAR));
  return key.toLowerCase() === "a" && sheet.selectAll;
}

function isUpright(key) {
  return key === "ArrowUp" || key === "ArrowDown";
}
