// Keeps what a game on this device needs, so that there is one without a connection too. Knows nothing of the server's answers about games and people.
const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const cacheName = 'connect-four-{hash}';
const kept = ['local', ...['local.css', 'local.js', 'look.js', 'favicon.svg', 'icons/language.svg', 'lang/ar.json', 'lang/de.json', 'lang/en.json', 'lang/es.json', 'lang/fr.json', 'lang/ja.json'].map(path => `assets/{hash}/${path}`)];

worker.addEventListener('install', event => event.waitUntil(
  caches.open(cacheName).then(cache => cache.addAll(kept)).then(() => worker.skipWaiting())));

worker.addEventListener('activate', event => event.waitUntil(
  caches.keys().then(names => Promise.all(names.filter(name => name !== cacheName).map(name => caches.delete(name)))).then(() => worker.clients.claim())));

worker.addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(worker.clients.matchAll({ type: 'window' }).then(([page]) => page?.focus()));
});

worker.addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  // A page that cannot be reached: the one for two on this device instead.
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('local', { ignoreVary: true }).then(found => found ?? Response.error())));
  else if (new URL(request.url).pathname.includes('/assets/')) event.respondWith(caches.match(request, { ignoreVary: true }).then(found => found ?? fetch(request)));
});
