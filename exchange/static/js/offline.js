// A page without network: keeps the open page and what it is drawn with, and says when it is an old one.

const note = document.querySelector("[data-offline]");
const own = document.querySelector("script[data-worker]");
const CACHE = own?.dataset.cache ?? "my-placement";
const PARTS = "link[rel=stylesheet], link[rel=icon], link[rel=modulepreload], script[src], use[href]";

function showWhetherOffline() {
  if (note) note.hidden = navigator.onLine;
}

function partsOfPage() {
  const named = [...document.querySelectorAll(PARTS)]
    .map((element) => element.getAttribute("href") || element.getAttribute("src"));
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  return [...named, ...loaded]
    .map((address) => new URL(address, location.href))
    .filter((url) => url.origin === location.origin && url.pathname.startsWith("/static/"))
    .map((url) => url.pathname);
}

async function keepThisPage() {
  const cache = await caches.open(CACHE);
  const wanted = new Set(partsOfPage());
  const kept = await cache.keys();
  const have = new Set(kept.map((request) => new URL(request.url).pathname));
  await Promise.all(kept.filter((request) => request.url.includes("/static/") && !wanted.has(new URL(request.url).pathname))
    .map((request) => cache.delete(request)));
  await Promise.all([...wanted].filter((path) => !have.has(path)).map((path) => cache.add(path)));
  const page = await fetch(location.pathname, { redirect: "manual" });
  if (page.ok) await cache.put(location.pathname, page);
}

addEventListener("online", showWhetherOffline);
addEventListener("offline", showWhetherOffline);
showWhetherOffline();

if ("serviceWorker" in navigator && own) {
  navigator.serviceWorker.register(own.dataset.worker);
  if (navigator.onLine) keepThisPage().catch(() => {});
}
