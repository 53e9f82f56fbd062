// What was written on this phone and is not at school yet. One database, deleted when somebody signs out.

const NAME = "home-visits";
const STORE = "drafts";

export const drafts = {
  all: () => run("readonly", (store) => store.getAll()),
  put: (draft) => run("readwrite", (store) => store.put(draft)),
  remove: (key) => run("readwrite", (store) => store.delete(key)),
};

// How many are not at school yet, whoever wrote them.
export async function unsent() {
  const known = (await indexedDB.databases?.()) ?? [{ name: NAME }];
  if (!known.some(({ name }) => name === NAME)) return 0;
  return (await drafts.all()).filter(({ state }) => state !== "sent").length;
}

export function forget() {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run(mode, ask) {
  const database = await open();
  try {
    return await new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}
