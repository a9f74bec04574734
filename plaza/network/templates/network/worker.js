// Plaza keeps the public pages read last, for the way. Online the network is always asked first.
const VERSION = "{{ version }}";
const PARTS = "plaza-parts-" + VERSION;
const PAGES = "plaza-pages";
const MOST = 30;
const OFFLINE = {{ offline }};
const NEEDED = {{ parts }};

self.addEventListener("install", (event) => {
  event.waitUntil(
    caches.open(PARTS).then((cache) => cache.addAll([...OFFLINE, ...NEEDED])).then(() => self.skipWaiting())
  );
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== PARTS && name !== PAGES).map((name) => caches.delete(name))))
      .then(() => self.clients.claim())
  );
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.method === "POST" && url.pathname.endsWith("/sign-out/")) event.waitUntil(caches.delete(PAGES));
  if (request.method !== "GET" || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (NEEDED.includes(url.pathname) || /\.[0-9a-f]{12}\.\w+$|^\/network\/(style|logo)\//.test(url.pathname)) {
    event.respondWith(part(request, url));
  }
});

async function page(event) {
  try {
    const answer = await fetch(event.request);
    if (answer.ok && answer.headers.get("Plaza-Keep") === "yes") event.waitUntil(keep(event.request, answer.clone()));
    return answer;
  } catch {
    const kept = await (await caches.open(PAGES)).match(event.request, { ignoreVary: true });
    return kept || offline(event.request);
  }
}

async function keep(request, answer) {
  const cache = await caches.open(PAGES);
  await cache.delete(request, { ignoreVary: true });
  await cache.put(request, answer);
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((each) => cache.delete(each)));
}

async function offline(request) {
  const language = new URL(request.url).pathname.split("/")[1];
  const address = OFFLINE.find((each) => each.startsWith(`/${language}/`)) || OFFLINE.find((each) => each.startsWith("/{{ default }}/"));
  return (await caches.match(address, { ignoreVary: true })) || Response.error();
}

// A name with a hash never changes what it names: first what is kept. Others are asked for, and kept for the way.
async function part(request, url) {
  const isFixed = /\.[0-9a-f]{12}\.\w+$|^\/network\/(style|logo)\//.test(url.pathname);
  const cache = await caches.open(PARTS);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept && isFixed) return kept;
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(request, answer.clone());
    return answer;
  } catch {
    return kept || Response.error();
  }
}
