addEventListener('install', (event) => event.waitUntil(caches.open('drive').then((cache) => cache.add('/'))));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { pathname } = new URL(event.request.url);
  if (event.request.mode === 'navigate') event.respondWith(caches.match('/'));
  if (pathname === '/through') {
    event.respondWith(fetch('/other').then(() => new Response('online'), () => new Response('offline')));
  }
});
