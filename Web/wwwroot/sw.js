// Keeps what a game on this device needs, so that there is one without a connection too. Knows nothing of the server's answers about games and people.
const cacheName = 'connect-four-{hash}';
const kept = ['local', ...['local.css', 'local.js', 'favicon.svg', 'lang/ar.json', 'lang/de.json', 'lang/en.json', 'lang/es.json', 'lang/fr.json', 'lang/ja.json'].map(path => `assets/{hash}/${path}`)];

addEventListener('install', event => event.waitUntil(
  caches.open(cacheName).then(cache => cache.addAll(kept)).then(() => self.skipWaiting())));

addEventListener('activate', event => event.waitUntil(
  caches.keys().then(names => Promise.all(names.filter(name => name !== cacheName).map(name => caches.delete(name)))).then(() => self.clients.claim())));

addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(self.clients.matchAll({ type: 'window' }).then(([page]) => page?.focus()));
});

addEventListener('fetch', event => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== location.origin) return;
  // A page that cannot be reached: the one for two on this device instead.
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => caches.match('local', { ignoreVary: true })));
  else if (new URL(request.url).pathname.includes('/assets/')) event.respondWith(caches.match(request, { ignoreVary: true }).then(found => found ?? fetch(request)));
});
