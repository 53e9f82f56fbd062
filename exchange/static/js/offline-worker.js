// Serves "my placement" from what was last seen when there is no network. Whoever signs out leaves nothing behind.

const CACHE = "my-placement";
const PAGE = "/placements/mine";
const SIGN_OUT = "/accounts/sign-out";
const PATIENCE = 4000; // ms; a weak network is no better than none

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (origin !== self.location.origin) return;
  if (pathname === SIGN_OUT) event.waitUntil(caches.delete(CACHE));
  else if (event.request.method !== "GET") return;
  else if (pathname === PAGE && event.request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith("/static/")) event.respondWith(part(event.request));
});

async function page(event) {
  const answer = fetch(event.request);
  const kept = async () => caches.match(PAGE, { cacheName: CACHE, ignoreSearch: true, ignoreVary: true });
  event.waitUntil(answer.then(keep, () => {}));
  try {
    return await Promise.race([answer, late()]);
  } catch {
    return (await kept()) ?? answer;
  }
}

async function keep(answer) {
  const copy = answer.ok ? answer.clone() : null;
  const cache = await caches.open(CACHE);
  if (copy) await cache.put(PAGE, copy);
  else if (answer.type === "opaqueredirect") await caches.delete(CACHE); // signed out: nothing stays on this phone
}

async function part(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await caches.match(request, { cacheName: CACHE, ignoreVary: true });
    if (kept) return kept;
    throw error;
  }
}

function late() {
  return new Promise((_resolve, reject) => setTimeout(reject, PATIENCE));
}
