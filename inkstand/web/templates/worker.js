// Keeps the paper readable without a connection: its own files for good, pages and pictures as they were last seen.
const SHELL = "shell-{{ version }}", PAGES = "pages", PICTURES = "pictures", LIMIT = { pages: 60, pictures: 240 };
const KEPT = [{% for address in kept %}"{{ address }}", {% endfor %}"{{ url('offline') }}"];

self.addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting())));

self.addEventListener("activate", (event) => event.waitUntil(caches.keys()
  .then((names) => Promise.all(names.filter((name) => name.startsWith("shell-") && name !== SHELL).map((name) => caches.delete(name))))
  .then(() => self.clients.claim())));

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.startsWith("/assets/")) event.respondWith(kept(event.request, SHELL));
  else if (address.pathname.startsWith("/picture/")) event.respondWith(kept(event.request, PICTURES));
  else if (event.request.mode === "navigate" && readable(address.pathname)) event.respondWith(fresh(event));
});

// Only what a visitor may read is kept: a signed-in reader's pages answer "private" and are not put away here.
function readable(path) { return !path.startsWith("/account/") && !path.startsWith("/desk/"); }

async function kept(request, name) {
  const found = await caches.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await put(name, request, answer.clone());
  return answer;
}

async function fresh(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && !/private|no-store/.test(answer.headers.get("Cache-Control") || "")) event.waitUntil(put(PAGES, event.request, answer.clone()));
    return answer;
  } catch {
    return (await caches.match(event.request)) || (await caches.match("{{ url('offline') }}"));
  }
}

async function put(name, request, answer) {
  const cache = await caches.open(name);
  await cache.put(request, answer);
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - (LIMIT[name] || 999)))) await cache.delete(key);
}
