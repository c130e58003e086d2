/* The rescue page: what lies in this phone's queues can leave without the app, by the network or as a
   file. Reads record v1 (frozen) from the stores named `outbox`, and the second copies beside the
   databases; changes nothing of it. Plain JavaScript: it must work when the wasm does not. */
(function () {
  "use strict";

  var DATABASE = /^lzd-work-/;
  var STORE = "outbox";
  /* Caches with the second copies of what has not left, for a phone that lost its databases. */
  var SPARE = /^lzd-spare-/;
  var RECORDS_MAX = 100;
  var BODY_BYTES_MAX = 480 * 1024;

  /* As the app names its people: beside the databases, and in the handset's own one. */
  var SENTINEL = /^lzd-sentinel-([0-9a-f-]{36})$/;
  var HANDSET = "lzd-phone";
  var PEOPLE = "people";

  /* Other stores of the queue's database: what lies under these ids has left. */
  var LEFT = ["sent", "statuses"];

  /* What was found so far in the queues and beside them, what has left, and how many places (a database, a row) cannot be
     read. */
  var records = [];
  var copies = [];
  var left = {};
  var unread = 0;

  /* What waits: a record lies in a queue and beside it, and is one. */
  function waiting() {
    var here = {};
    records.forEach(function (record) { here[record.id + record.entry_hash] = true; });
    return records.concat(copies.filter(function (copy) { return !left[copy.id] && !here[copy.id + copy.entry_hash]; }));
  }

  function element(id) { return document.getElementById(id); }
  function say(id, chinese, english) { element(id).textContent = chinese + " " + english; }

  /* The names of all queues. A browser that lists no databases (Firefox before 126) knows whose they are all the same. */
  function names() {
    if (!window.indexedDB) { return Promise.reject(new Error("IndexedDB")); }
    if (!indexedDB.databases) { return namesByPerson(); }
    return indexedDB.databases().then(function (list) {
      return list.map(function (one) { return one.name; }).filter(function (name) { return DATABASE.test(name); });
    }, namesByPerson);
  }

  function namesByPerson() {
    return keysOf(HANDSET, PEOPLE).catch(function () { return []; }).then(function (people) {
      var seen = {};
      people.concat(sentinels()).forEach(function (person) { seen["lzd-work-" + person] = true; });
      return Object.keys(seen);
    });
  }

  function sentinels() {
    var people = [];
    try {
      for (var at = 0; at < localStorage.length; at += 1) {
        var person = SENTINEL.exec(localStorage.key(at));
        if (person) { people.push(person[1]); }
      }
    } catch (error) { /* Storage is closed: the handset's database knows them. */ }
    return people;
  }

  /* Opens at the version it has; one that is not there is not made, and gives nothing. */
  function open(name) {
    return new Promise(function (resolve, reject) {
      var request = indexedDB.open(name);
      var made = false;
      request.onupgradeneeded = function () { made = true; request.transaction.abort(); };
      request.onsuccess = function () {
        request.result.onversionchange = function () { request.result.close(); };
        resolve(request.result);
      };
      request.onerror = function (event) { event.preventDefault(); if (made) { resolve(null); } else { reject(request.error); } };
    });
  }

  function asked(request) {
    return new Promise(function (resolve, reject) {
      request.onsuccess = function () { resolve(request.result); };
      /* One row that fails does not end the reading of the others. */
      request.onerror = function (event) { event.preventDefault(); reject(request.error); };
    });
  }

  /* Does something with a store, where database and store are there; then closes. */
  function within(name, store, what) {
    return open(name).then(function (database) {
      if (!database) { return []; }
      function close() { database.close(); }
      return new Promise(function (resolve) {
        var there = database.objectStoreNames.contains(store);
        resolve(there ? what(database.transaction(store, "readonly").objectStore(store)) : []);
      }).then(function (found) { close(); return found; }, function (error) { close(); throw error; });
    });
  }

  function keysOf(name, store) {
    return within(name, store, function (store) { return asked(store.getAllKeys()); });
  }

  /* Row by row, in one transaction: what can be read is taken, what cannot is counted. */
  function take(name) {
    return within(name, STORE, function (store) {
      return asked(store.getAllKeys()).then(function (keys) {
        return Promise.all(keys.map(function (key) {
          return asked(store.get(key)).then(function (row) { records.push(written(row)); }).catch(function () { unread += 1; });
        }));
      });
    }).catch(function () { unread += 1; }).then(function () { return Promise.all(LEFT.map(leave)); }).then(show);

    function leave(store) {
      return keysOf(name, store).then(function (keys) { keys.forEach(function (key) { left[key] = true; }); }).catch(function () { /* Then its copies are offered again, which does no harm. */ });
    }
  }

  /* Where the browser keeps nothing beside its databases, there are no copies. */
  function spares() {
    if (!window.caches) { return Promise.resolve(); }
    return caches.keys().catch(function () { return []; }).then(function (names) {
      return Promise.all(names.filter(function (name) { return SPARE.test(name); }).map(shelf));
    }).catch(function () { unread += 1; }).then(show);
  }

  function shelf(name) {
    return caches.open(name).then(function (cache) {
      return cache.keys().then(function (requests) {
        return Promise.all(requests.map(function (request) {
          return cache.match(request).then(function (kept) { return kept.json(); })
            .then(function (record) { copies.push(whole(record, record.bytes)); }).catch(function () { unread += 1; });
        }));
      });
    });
  }

  function base64(bytes) {
    var text = "";
    var view = new Uint8Array(bytes);
    for (var at = 0; at < view.length; at += 8192) { text += String.fromCharCode.apply(null, view.subarray(at, at + 8192)); }
    return btoa(text);
  }

  var ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

  /* A row as the office takes it. One that is no record v1 would keep back the others of its deposit. */
  function written(row) {
    return whole(row, row.bytes instanceof Uint8Array ? base64(row.bytes) : "");
  }

  function whole(row, bytes) {
    var is = ID.test(row.device) && ID.test(row.id) && /^[0-9a-f]{64}$/i.test(row.entry_hash) &&
      typeof row.sealed_to === "string" && Number(row.seq) >= 0 && typeof bytes === "string" && bytes.length > 0;
    if (!is) { throw new Error("record"); }
    return {
      device: row.device, seq: Number(row.seq), id: row.id,
      entry_hash: row.entry_hash, sealed_to: row.sealed_to, bytes: bytes
    };
  }

  /* One device's records, ascending, in deposits the office takes. */
  function deposits() {
    var byDevice = {};
    waiting().forEach(function (record) { (byDevice[record.device] = byDevice[record.device] || []).push(record); });
    var list = [];
    Object.keys(byDevice).forEach(function (device) {
      var own = byDevice[device].sort(function (a, b) { return a.seq - b.seq; });
      var made = own[own.length - 1].seq;
      var size = BODY_BYTES_MAX;
      var last = null;
      own.forEach(function (record) {
        var bytes = record.bytes.length + 400;
        if (!last || last.records.length >= RECORDS_MAX || size + bytes > BODY_BYTES_MAX) {
          /* Two helpers may share a phone: their devices are not one. */
          last = { device: device, devices: [device], made: made, records: [] };
          list.push(last);
          size = 0;
        }
        last.records.push(record);
        size += bytes;
      });
    });
    return list;
  }

  function deposit(one) {
    return fetch("/api/deposit", {
      method: "POST", credentials: "same-origin", cache: "no-store",
      headers: { "content-type": "application/json", "x-liuzhidao": "1" },
      body: JSON.stringify(one)
    }).then(function (answer) {
      if (!answer.ok) { var error = new Error(String(answer.status)); error.status = answer.status; throw error; }
      return answer.json();
    }).then(function (answer) {
      /* Only a receipt with the same hash says that this very record is there. */
      return one.records.filter(function (record) {
        return answer.receipts.some(function (receipt) { return receipt.id === record.id && receipt.entry_hash === record.entry_hash; });
      }).length;
    });
  }

  function send() {
    element("send").disabled = true;
    say("result", "正在送出。", "Sending.");
    /* How many arrived, how many are too large for the way, and what else went wrong first. */
    var came = { all: waiting().length, arrived: 0, large: 0, failed: null };
    deposits().reduce(function (before, one) {
      return before.then(function () { return deliver(one, came); });
    }, Promise.resolve()).then(function () {
      element("send").disabled = false;
      tell(came);
    });
  }

  /* One after the other; one that fails does not keep the others back. What the way takes only in smaller parts (413)
     goes by halves, down to one; one that is too large even alone stays where it is. */
  function deliver(one, came) {
    return deposit(one).then(function (count) { came.arrived += count; }, function (error) {
      if (error.status !== 413) { came.failed = came.failed || error; return; }
      if (one.records.length === 1) { came.large += 1; return; }
      var half = Math.floor(one.records.length / 2);
      return deliver(part(one, 0, half), came).then(function () { return deliver(part(one, half), came); });
    });
  }

  function part(one, from, to) {
    return { device: one.device, devices: one.devices, made: one.made, records: one.records.slice(from, to) };
  }

  function tell(came) {
    var arrived = came.arrived;
    var missing = came.all - arrived - came.large;
    var large = came.large === 0 ? ["", ""]
      : ["有 " + came.large + " 条太大，送不出去：请存成文件，交给档案员。", " " + came.large + " too large to send: save a file and give it to the registrar."];
    if (!came.failed && missing === 0 && came.large === 0) {
      say("result", "工会已收到 " + arrived + " 条" + (unread === 0 ? "，全部到了" : "，能读到的都到了") + "。六知道能打开以后，这些会自己变成“工会已收到”。",
        "All " + arrived + (unread === 0 ? "" : " that can be read") + " have arrived. The app will show it when it opens again.");
    } else if (!came.failed && missing === 0) {
      say("result", "工会已收到 " + arrived + " 条。" + large[0], arrived + " arrived." + large[1]);
    } else if (came.failed && (came.failed.status === 401 || came.failed.status === 403)) {
      say("result", "收到 " + arrived + " 条。其余的工会没有认出这台手机，请存成文件交给档案员。", arrived + " arrived. The office does not know this phone for the rest: save a file and give it to the registrar.");
    } else {
      say("result", "收到 " + arrived + " 条，还有 " + missing + " 条没到。没有网络就晚点再试，或存成文件。" + large[0], arrived + " arrived, " + missing + " did not. Try again with a network, or save a file." + large[1]);
    }
  }

  /* sha256 in hex, so that a file that lost a part is known; nothing where the browser cannot. */
  function sum(text) {
    if (!window.crypto || !crypto.subtle || !window.TextEncoder) { return Promise.resolve(null); }
    return crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)).then(function (bytes) {
      return Array.prototype.map.call(new Uint8Array(bytes), function (one) { return (one < 16 ? "0" : "") + one.toString(16); }).join("");
    });
  }

  function save() {
    var text = JSON.stringify(deposits());
    /* A file without a sum is better than none. */
    sum(text).catch(function () { return null; }).then(function (sum) {
      hand('{"liuzhidao_queue":1,' + (sum ? '"sum":"' + sum + '",' : "") + '"deposits":' + text + "}");
    });
  }

  function hand(content) {
    var link = document.createElement("a");
    var day = new Date();
    function two(number) { return (number < 10 ? "0" : "") + number; }
    link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    link.download = "liuzhidao-" + day.getFullYear() + two(day.getMonth() + 1) + two(day.getDate()) + ".json";
    document.body.appendChild(link);
    link.click();
    document.body.removeChild(link);
    say("result", "已存成文件，共 " + waiting().length + " 条。手机里的还留着。", "Saved " + waiting().length + " to a file. They also stay on the phone.");
  }

  /* Told anew whenever a database was read: one that never answers keeps no other back. */
  function show() {
    var count = waiting().length;
    var none = count === 0;
    element("send").disabled = none;
    element("save").disabled = none;
    var found = none ? ["这台手机里没有待发的记录", "Nothing waits to be sent on this phone"]
      : ["这台手机里有 " + count + " 条待发的记录", count + " wait to be sent"];
    var lost = unread === 0 ? ["。", "."]
      : ["，另有 " + unread + " 处读不到。请不要清除浏览器数据，把手机带给管理员。",
        "; " + unread + " more cannot be read. Do not clear the browser’s data; bring the phone to the administrator."];
    say("count", (none && unread ? "没有读到待发的记录" : found[0]) + lost[0], (none && unread ? "No record could be read" : found[1]) + lost[1]);
    element("count").setAttribute("data-count", String(count));
    element("count").setAttribute("data-unread", String(unread));
  }

  /* A database that is made and deleted: Chromium writes the log of all of them anew, which a kill may have torn. As the
     app does at its start (src/phone/store/mending.rs). */
  function mend() {
    var request = indexedDB.open("lzd-mend");
    request.onsuccess = function () { request.result.close(); indexedDB.deleteDatabase("lzd-mend"); };
  }

  function look() {
    var beside = spares();
    return names().then(function (list) { return Promise.all(list.map(take)); }).then(function () { return beside; }).then(function () { show(); mend(); });
  }

  element("send").addEventListener("click", send);
  element("save").addEventListener("click", save);
  look().catch(function (error) {
    say("count", "读不到这台手机里的记录（" + error.message + "）。请不要清除浏览器数据，把手机带给管理员。", "The records cannot be read. Do not clear the browser’s data; bring the phone to the administrator.");
  });
})();
