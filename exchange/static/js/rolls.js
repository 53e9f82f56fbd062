// Rolls that have not reached the school: numbers of students and marks, no names. Gone with the sign-out.

const PREFIX = "roll.";

export const rolls = {
  get: (key) => JSON.parse(localStorage.getItem(PREFIX + key)),
  put: (key, roll) => localStorage.setItem(PREFIX + key, JSON.stringify(roll)),
  remove: (key) => localStorage.removeItem(PREFIX + key),
  unsent: () => kept().length,
  forget: () => kept().forEach((key) => localStorage.removeItem(key)),
};

function kept() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}
