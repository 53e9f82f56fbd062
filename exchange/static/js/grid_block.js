// Finds out what of a pasted block are marks, and into which cells they belong.
//
// A head, names and numbers that were copied along are left out. Where they name students and assessments of this
// sheet, every mark goes to the one that is named, in whatever order the block is; otherwise it goes by its place.

import { COVERED } from "./grid_clipboard.js";

const NUMBER = /^-?\d*\.?\d+$/;

// outline: {students: [{number, name}], columns: [name], words}; start: [row, column] of the cell pasted into.
// Gives back {cells: [[row, column, value], …], blank, notes: [[sentence, values], …]}.
export function understand(block, start, outline) {
  const { words } = outline;
  const people = directory(outline.students);
  const heads = headCount(block, people, words);
  const body = block.slice(heads);
  const width = block.reduce((most, row) => Math.max(most, row.length), 0);
  const headings = Array.from({ length: width }, (_each, column) => under(block.slice(0, heads), column));
  const lead = identityColumns(body, headings, people, words);
  const marks = headings.slice(lead);
  const named = lead ? body.map((row) => row.slice(0, lead)) : [];
  const isByName = named.some((cells) => cells.some((value) => people.has(value))) || says(headings.slice(0, lead), words.person);
  const rows = body.map((_row, down) => (isByName ? find(named[down], people) : start[0] + down));
  const columns = columnsOf(marks, start[1], outline.columns);

  const found = { cells: [], blank: 0, notes: [] };
  const strangers = [];
  let covered = 0;
  body.forEach((row, down) => {
    const values = row.slice(lead);
    if (rows[down] === undefined) {
      if (values.some(Boolean)) strangers.push(named[down].filter(Boolean).join(" ") || `${heads + down + 1}`);
      return;
    }
    values.forEach((value, right) => {
      if (columns[right] === undefined) return;
      if (value === COVERED) covered++;
      else if (value === "") found.blank++;
      else found.cells.push([rows[down], columns[right], value]);
    });
  });
  const unknown = marks.filter((_names, right) => columns[right] === undefined).map((names) => names.at(-1) ?? "?");
  const note = (sentence, count, values) => count && found.notes.push([sentence, { count, ...values }]);
  note(words.left_head, heads);
  note(isByName ? words.left_people_matched : words.left_people, lead);
  note(words.left_columns, unknown.length, { names: listed(unknown) });
  note(words.left_strangers, strangers.length, { names: listed(strangers) });
  note(words.left_covered, covered);
  return found;
}

// Name or number → row; a name that two share leads nowhere.
function directory(students) {
  const people = new Map();
  const shared = new Set();
  students.forEach(({ number, name }, row) => {
    if (people.has(name)) shared.add(name);
    people.set(name, row).set(number, row);
  });
  for (const name of shared) people.set(name, undefined);
  people.delete("");
  return people;
}

// The first rows without a mark and without one of the students, where marks follow.
function headCount(block, people, words) {
  const first = block.findIndex((row) => row.some((value) => value && (isMark(value, words) || people.has(value))));
  const heads = block.slice(0, Math.max(first, 0));
  return heads.every((row) => row.some(Boolean)) ? heads.length : 0;
}

function isMark(value, words) {
  const plain = value.normalize("NFKC").toLowerCase();
  return NUMBER.test(plain) || plain in words.letters;
}

function under(heads, column) {
  return heads.map((row) => row[column]).filter(Boolean);
}

// How many columns on the left tell who it is: all up to the last that says so in its heading or holds our students.
function identityColumns(body, headings, people, words) {
  const isIdentity = headings.map((names, column) => {
    if (says([names], words.identity) || says([names], words.person)) return true;
    const values = body.map((row) => row[column]).filter(Boolean);
    return values.length > 0 && values.filter((value) => people.has(value)).length * 2 > values.length;
  });
  return isIdentity.lastIndexOf(true) + 1;
}

// Whether one of the headings is one of these words.
function says(headings, wanted) {
  return headings.flat().some((name) => wanted.includes(name.replaceAll(" ", "").toLowerCase()));
}

function find(cells, people) {
  return cells.map((value) => people.get(value)).find((row) => row !== undefined);
}

// By the headings where one of them is an assessment of this sheet, else by place.
function columnsOf(marks, start, assessments) {
  const places = marks.map((names) => names.map((name) => assessments.indexOf(name)).find((place) => place >= 0));
  return places.some((place) => place !== undefined) ? places : marks.map((_names, right) => start + right);
}

function listed(names) {
  return names.slice(0, 5).join("、") + (names.length > 5 ? " …" : "");
}
