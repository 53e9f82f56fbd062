// What was typed on this phone and has not reached the school. Gone with the sign-out.

export const rolls = store("roll."); // numbers of students and marks, no names
export const logs = store("log."); // what a student writes of the own internship

function store(prefix) {
  const kept = () => Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  return {
    get: (key) => JSON.parse(localStorage.getItem(prefix + key)),
    put: (key, value) => localStorage.setItem(prefix + key, JSON.stringify(value)),
    remove: (key) => localStorage.removeItem(prefix + key),
    unsent: () => kept().length,
    forget: () => kept().forEach((key) => localStorage.removeItem(key)),
  };
}
