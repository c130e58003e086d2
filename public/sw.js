/* The service worker: the phone opens without a network.
   Keeps the files of one version, all or none; a new version waits until the page says `take_over`
   (between visits, never under an open form). Answers GETs for the kept files and for pages, nothing
   else: never /api, never /desk. Keeps no answer of the office and sends nothing. Classic, no library. */
"use strict";

var VERSION = "{{version}}";
var FILES = /*{{precache}}*/[];

var PREFIX = "liuzhidao-";
var CACHE = PREFIX + VERSION;
/* Written last: a cache without it is not complete. Holds the list, so the next version can take over
   the files that did not change instead of loading them again over a mine's radio link. */
var LIST = "/precache-list";
var SHELL = "/";

var PATHS = {};
FILES.forEach(function (file) { PATHS[file.path] = true; });

self.addEventListener("install", function (event) {
  event.waitUntil(isComplete().then(function (complete) { return complete ? undefined : install(); }));
});

self.addEventListener("activate", function (event) {
  event.waitUntil(dropOthers().then(function () { return self.clients.claim(); }));
});

self.addEventListener("message", function (event) {
  if (event.data && event.data.type === "take_over") { self.skipWaiting(); }
  if (event.data && event.data.type === "version" && event.ports[0]) { event.ports[0].postMessage({ version: VERSION }); }
});

self.addEventListener("fetch", function (event) {
  var path = keptPath(event.request);
  if (path) { event.respondWith(answer(path, event.request)); }
});

/* The kept file that answers a request; nothing where the network must. */
function keptPath(request) {
  var url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) { return null; }
  if (/^\/(api|desk)(\/|$)/.test(url.pathname)) { return null; }
  if (PATHS[url.pathname]) { return url.pathname; }
  /* Any other page is the app's (/join, /household/…); a name with an ending is a file of the office. */
  var isPage = request.mode === "navigate" && !/\.[a-z0-9]+$/i.test(url.pathname);
  return isPage ? SHELL : null;
}

function answer(path, request) {
  return caches.open(CACHE)
    .then(function (cache) { return cache.match(path, { ignoreVary: true }); })
    /* The browser may have dropped the cache: then the network answers, or nothing does. */
    .then(function (kept) { return kept || fetch(request); });
}

function isComplete() {
  return caches.has(CACHE).then(function (there) {
    return there && caches.open(CACHE).then(function (cache) { return cache.match(LIST); });
  });
}

/* Everything is fetched, and compared with the list, before anything is kept. */
function install() {
  return previous()
    .then(function (older) { return Promise.all(FILES.map(function (file) { return obtain(file, older); })); })
    .then(function (responses) {
      return caches.open(CACHE).then(function (cache) {
        return Promise.all(FILES.map(function (file, index) { return cache.put(file.path, responses[index]); }))
          .then(function () { return cache.put(LIST, new Response(JSON.stringify(FILES))); });
      });
    })
    .catch(function (error) {
      /* Half a version is none; the running one has another name and stays. */
      return caches.delete(CACHE).then(function () { throw error; });
    });
}

function obtain(file, older) {
  var from = older[file.path + " " + file.hash];
  var kept = from ? caches.open(from).then(function (cache) { return cache.match(file.path, { ignoreVary: true }); }) : Promise.resolve(undefined);
  return kept.then(function (response) {
    if (response) { return response; }
    return fetch(file.path, { cache: "no-cache", credentials: "same-origin" }).then(function (fresh) {
      if (!fresh.ok || fresh.redirected) { throw new Error(file.path + ": " + fresh.status); }
      return ofThisVersion(file, fresh);
    });
  });
}

/* A 200 alone says little: it may be a network's own page, the beginning of a file, or already the next version's. The
   hash of the list is the head of its bytes' sha256. */
function ofThisVersion(file, fresh) {
  return fresh.clone().arrayBuffer()
    .then(function (bytes) { return crypto.subtle.digest("SHA-256", bytes); })
    .then(function (sum) {
      if (hex(sum).indexOf(file.hash) !== 0) { throw new Error(file.path + ": other bytes than the list says"); }
      return fresh;
    });
}

function hex(sum) {
  return Array.prototype.map.call(new Uint8Array(sum), function (byte) { return ("0" + byte.toString(16)).slice(-2); }).join("");
}

/* path and hash → name of the complete cache that holds it. */
function previous() {
  var held = {};
  return ours().then(function (names) {
    return Promise.all(names.map(function (name) {
      return caches.open(name)
        .then(function (cache) { return cache.match(LIST); })
        .then(function (list) { return list ? list.json() : []; })
        .then(function (files) { files.forEach(function (file) { held[file.path + " " + file.hash] = name; }); });
    }));
  }).then(function () { return held; });
}

function ours() {
  return caches.keys().then(function (names) { return names.filter(function (name) { return name.indexOf(PREFIX) === 0; }); });
}

function dropOthers() {
  return ours().then(function (names) {
    return Promise.all(names.map(function (name) { return name === CACHE ? undefined : caches.delete(name); }));
  });
}
