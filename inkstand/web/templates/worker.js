// Makes the paper readable without a connection: its own files for good, pages as they were last seen, what the reader
// saved with its pictures. What is a signed-in reader's lies apart, under their name, each page with the day until which
// it may be read; it is wiped when they sign out, when somebody else signs in, and when their right to read has ended.
{{ queue|safe }}

const SHELL = "shell-{{ version }}", PAGES = "pages", PICTURES = "pictures", OWN = "own-";
const LIMIT = 60, PICTURES_LIMIT = 240, PATIENCE = 3000, ASK_EVERY = 6 * 3600e3;
const KEPT = [{% for address in kept %}"{{ address }}", {% endfor %}"{{ url('offline') }}", "{{ url('help') }}"];
const UNKEPT = /^\/(account|desk|membership|settings|publisher|fee|api|mine|open|worker\.js)(\/|$)/;

self.addEventListener("install", (event) => event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(KEPT))));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  await drop((name) => name.startsWith("shell-") && name !== SHELL);
  await self.registration.navigationPreload?.enable();
  await self.clients.claim();
})()));

self.addEventListener("message", (event) => {
  // A new worker waits until no page is looked at.
  if (event.data.take === "over") self.skipWaiting();
  if (event.data.keep) event.waitUntil(bring(event.data.keep));
  if (event.data.drop) event.waitUntil(forget(event.data.drop));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "waiting") event.waitUntil(waiting.flush().then((all) => { if (!all) throw new Error("some of it still waits"); }));
});

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname.startsWith("/assets/")) event.respondWith(held(SHELL, event.request));
  else if (address.pathname.startsWith("/picture/")) event.respondWith(picture(event.request, address));
  else if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (address.pathname === "{{ url('help') }}") event.respondWith(fetch(event.request).catch(() => caches.match("{{ url('help') }}")));
});

// The page from the line; after three seconds, or without a line, as it was last seen.
async function page(event) {
  const coming = (async () => (await event.preloadResponse) || fetch(event.request))();
  event.waitUntil(coming.then((answer) => take(event.request, answer.clone()), () => {}));
  try {
    const late = new Promise((done) => setTimeout(done, navigator.onLine ? PATIENCE : 0));
    const answer = await Promise.race([coming, late]);
    if (answer && answer.status < 500) return answer;
  } catch { /* no line */ }
  return (await seen(event.request)) || coming.catch(() => caches.match("{{ url('offline') }}"));
}

// What an answer means for what lies here; and the page itself, put away.
async function take(request, answer) {
  if (answer.type !== "basic" || answer.redirected || answer.status >= 500) return;
  const manner = answer.headers.get("Cache-Control") || "", reads = answer.headers.get("Inkstand-Reader");
  const right = await rightful(reads);
  const address = new URL(request.url);
  if (UNKEPT.test(address.pathname) || address.searchParams.has("gift")) return;
  if (!answer.ok || /no-store/.test(manner)) return forget([request.url]);
  if (!/private/.test(manner)) return put(PAGES, request, answer, LIMIT);
  if (right) await put(OWN + right.reader, request, answer, LIMIT, right.until);
  if (right?.fresh) await bring(right.keep, true);
}

// Who reads here, and until when. A page of a visitor's, or of another right than is known, has it asked anew.
async function rightful(reads) {
  const known = await waiting.fact("right");
  if (!reads) return known && wipe();
  if (known?.reads === reads && Date.now() - known.asked < ASK_EVERY) return known;
  return renew();
}

async function renew() {
  const known = await waiting.fact("right"), right = await waiting.right();
  if (!right || (known && (known.reader !== right.reader || known.reads !== right.reads))) await wipe();
  if (right) await waiting.know("right", right);
  return right && { ...right, fresh: true };
}

async function wipe() {
  await drop((name) => name.startsWith(OWN) || name === PICTURES);
  await waiting.know("right", undefined);
}

const drop = async (which) => Promise.all((await caches.keys()).filter(which).map((name) => caches.delete(name)));
const own = async () => (await caches.keys()).filter((name) => name.startsWith(OWN));

async function put(name, request, answer, limit, until) {
  const headers = new Headers(answer.headers), lasts = headers.get("Inkstand-Lasts");
  const last = [lasts && new Date(Date.now() + 1000 * lasts).toISOString(), until].filter(Boolean).sort()[0];
  headers.set("Inkstand-Kept", new Date().toISOString());
  if (last) headers.set("Inkstand-Until", last);
  const cache = await caches.open(name);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, new Response(await answer.blob(), { status: answer.status, headers }));
  const keys = await cache.keys();
  for (const key of keys.slice(0, Math.max(0, keys.length - limit))) await cache.delete(key);
}

// The page as it was last seen, if it may still be read.
async function seen(request) {
  const right = await waiting.fact("right");
  if (right && Date.parse(right.until) <= Date.now()) await wipe();
  const all = await Promise.all([...await own(), PAGES].map(async (name) => (await caches.open(name)).match(request, { ignoreVary: true })));
  const found = all.filter(Boolean).sort((a, b) => a.headers.get("Inkstand-Kept") < b.headers.get("Inkstand-Kept") ? 1 : -1)[0];
  const until = found?.headers.get("Inkstand-Until");
  if (until && Date.parse(until) <= Date.now()) return forget([request.url]);
  return found && dated(found);
}

// It says of itself that it is not fresh: its script tells the reader.
async function dated(found) {
  const at = found.headers.get("Inkstand-Kept"), text = await found.text();
  return new Response(text.replace("<html ", `<html data-kept="${at}" `), { headers: found.headers });
}

async function held(name, request) {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(name)).put(request, answer.clone());
  return answer;
}

// A picture is the same in every width: without a line any will do.
async function picture(request, address) {
  const found = await caches.match(request, { ignoreVary: true });
  if (found) return found;
  try {
    const answer = await fetch(request);
    if (answer.ok) await put(PICTURES, request, answer.clone(), PICTURES_LIMIT);
    return answer;
  } catch {
    for (const name of [...await own(), PICTURES]) {
      const cache = await caches.open(name), same = (await cache.keys()).find((key) => new URL(key.url).search === address.search);
      if (same) return cache.match(same, { ignoreVary: true });
    }
    return Response.error();
  }
}

async function forget(addresses) {
  for (const name of [...await own(), PAGES]) {
    const cache = await caches.open(name);
    for (const address of addresses) await cache.delete(address, { ignoreVary: true });
  }
}

// Fetches pages and their pictures to have them without a line. `whole`: and what else was brought so before, goes.
async function bring(addresses, whole = false) {
  const right = await waiting.fact("right");
  if (!right || (whole && navigator.connection?.saveData)) return;
  const name = `${OWN}${right.reader}-saved`, cache = await caches.open(name), wanted = new Set();
  for (const address of addresses) {
    const answer = await fetch(address, { headers: { "Inkstand-Purpose": "keep" } }).catch(() => null);
    if (!answer) return;
    if (!answer.ok || answer.redirected || !answer.headers.get("Inkstand-Reader")) continue;
    const text = await answer.clone().text();
    await put(name, new Request(address), answer, Infinity, right.until);
    wanted.add(new URL(address, self.location).href);
    for (const [, source] of text.matchAll(/ src="(\/picture\/[^"]+)"/g)) {
      const url = new URL(source.replaceAll("&amp;", "&"), self.location).href;
      wanted.add(url);
      if (!await caches.match(url, { ignoreVary: true })) await cache.add(url).catch(() => {});
    }
  }
  if (whole) for (const key of await cache.keys()) if (!wanted.has(key.url)) await cache.delete(key);
}
