{% load static %}// Keeps the empty form for a lost line. What people write is never here: the draft lies in the page's own storage.
const HOME = "{{ home|escapejs }}";
const KEPT = "otklik-form-1";
const FILES = [
  "{% static 'common/tokens.css' %}", "{% static 'common/map.css' %}", "{% static 'common/ground.js' %}",
  "{% static 'portal/portal.css' %}", "{% static 'portal/portal.js' %}", "{% static 'portal/mark.svg' %}",
];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll([HOME, ...FILES])).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = async () => {
    for (const name of await caches.keys()) if (name.startsWith("otklik-form-") && name !== KEPT) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(old());
});

async function page(request) {
  try {
    const fresh = await fetch(request);
    const isForm = request.method === "GET" && new URL(request.url).pathname === HOME;
    if (isForm && fresh.ok) await (await caches.open(KEPT)).put(HOME, fresh.clone());
    return fresh;
  } catch (lost) {
    const form = await caches.match(HOME);
    if (form) return form;
    throw lost;
  }
}

async function file(request) {
  try {
    const fresh = await fetch(request);
    if (fresh.ok) await (await caches.open(KEPT)).put(request, fresh.clone());
    return fresh;
  } catch (lost) {
    const kept = await caches.match(request);
    if (kept) return kept;
    throw lost;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (request.method === "GET" && FILES.includes(path)) event.respondWith(file(request));
});
