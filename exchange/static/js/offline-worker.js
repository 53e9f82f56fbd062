// Serves some pages from what was last seen when there is no network. Whoever signs out leaves nothing behind.

const HOME_VISITS = "/welfare/visits/offline";
const CACHES = { "/placements/mine": "my-placement", "/journals/mine": "my-log", [HOME_VISITS]: "home-visits" };
const DRAFTS = "home-visits"; // the database of drafts.js
const SHEET = /^\/welfare\/visits\/(\d+)$/; // where the code on a printed sheet leads
const SIGN_OUT = "/accounts/sign-out";
const PATIENCE = 4000; // ms; a weak network is no better than none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== self.location.origin) return;
  const isPage = event.request.mode === "navigate";
  if (pathname === SIGN_OUT) event.waitUntil(forget());
  else if (event.request.method !== "GET") return;
  else if (isPage && pathname in CACHES) event.respondWith(page(event, pathname));
  else if (isPage && SHEET.test(pathname)) event.respondWith(sheet(event.request, SHEET.exec(pathname)[1]));
  else if (pathname.startsWith("/static/")) event.respondWith(part(event.request));
});

async function forget() {
  indexedDB.deleteDatabase(DRAFTS);
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

async function page(event, path) {
  const answer = fetch(event.request);
  event.waitUntil(answer.then((page) => keep(page, path), () => {}));
  try {
    return await Promise.race([answer, late()]);
  } catch {
    return (await kept(path)) ?? answer;
  }
}

function kept(path) {
  return caches.match(path, { cacheName: CACHES[path], ignoreSearch: true, ignoreVary: true });
}

async function keep(answer, path) {
  const copy = answer.ok ? answer.clone() : null;
  const cache = await caches.open(CACHES[path]);
  if (copy) await cache.put(path, copy);
  else if (answer.type === "opaqueredirect") await caches.delete(CACHES[path]); // signed out: nothing stays here
}

// Without network the code on the paper opens the form of this family.
async function sheet(request, id) {
  try {
    return await fetch(request);
  } catch (error) {
    if (await kept(HOME_VISITS)) return Response.redirect(`${HOME_VISITS}#sheet-${id}`);
    throw error;
  }
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const seen = await caches.match(request, { ignoreVary: true });
    if (seen) return seen;
    throw error;
  }
}

function late() {
  return new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
}
