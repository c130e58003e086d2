/* The rescue page: what lies in this phone's queues can leave without the app, by the network or as a
   file. Reads record v1 (frozen) from the stores named `outbox`; writes and deletes nothing on the
   phone. Plain JavaScript: it must work when the wasm does not. */
(function () {
  "use strict";

  var DATABASE = /^lzd-work-/;
  var STORE = "outbox";
  var RECORDS_MAX = 100;
  var BODY_BYTES_MAX = 480 * 1024;

  var records = [];

  function element(id) { return document.getElementById(id); }
  function say(id, chinese, english) { element(id).textContent = chinese + " " + english; }

  function names() {
    if (!window.indexedDB) { return Promise.reject(new Error("IndexedDB")); }
    if (!indexedDB.databases) { return Promise.reject(new Error("indexedDB.databases")); }
    return indexedDB.databases().then(function (list) {
      return list.map(function (one) { return one.name; }).filter(function (name) { return DATABASE.test(name); });
    });
  }

  /* Opens at the version it has; would it have to be made, it is not. */
  function open(name) {
    return new Promise(function (resolve, reject) {
      var request = indexedDB.open(name);
      request.onupgradeneeded = function () { request.transaction.abort(); };
      request.onsuccess = function () { resolve(request.result); };
      request.onerror = function () { reject(request.error); };
    });
  }

  function recordsOf(name) {
    return open(name).then(function (database) {
      return new Promise(function (resolve, reject) {
        if (!database.objectStoreNames.contains(STORE)) { database.close(); resolve([]); return; }
        var request = database.transaction(STORE, "readonly").objectStore(STORE).getAll();
        request.onsuccess = function () { database.close(); resolve(request.result); };
        request.onerror = function () { database.close(); reject(request.error); };
      });
    });
  }

  function base64(bytes) {
    var text = "";
    var view = new Uint8Array(bytes);
    for (var at = 0; at < view.length; at += 8192) { text += String.fromCharCode.apply(null, view.subarray(at, at + 8192)); }
    return btoa(text);
  }

  function written(record) {
    return {
      device: record.device, seq: Number(record.seq), id: record.id,
      entry_hash: record.entry_hash, sealed_to: record.sealed_to, bytes: base64(record.bytes)
    };
  }

  /* One device's records, ascending, in deposits the office takes. */
  function deposits() {
    var byDevice = {};
    records.forEach(function (record) { (byDevice[record.device] = byDevice[record.device] || []).push(record); });
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
    var arrived = 0;
    var failed = null;
    /* One after the other; one that fails does not keep the others back. */
    deposits().reduce(function (before, one) {
      return before.then(function () { return deposit(one); }).then(function (count) { arrived += count; }, function (error) { failed = failed || error; });
    }, Promise.resolve()).then(function () {
      element("send").disabled = false;
      if (!failed && arrived === records.length) {
        say("result", "工会已收到 " + arrived + " 条，全部到了。六知道能打开以后，这些会自己变成“工会已收到”。", "All " + arrived + " have arrived. The app will show it when it opens again.");
      } else if (failed && (failed.status === 401 || failed.status === 403)) {
        say("result", "收到 " + arrived + " 条。其余的工会没有认出这台手机，请存成文件交给档案员。", arrived + " arrived. The office does not know this phone for the rest: save a file and give it to the registrar.");
      } else {
        say("result", "收到 " + arrived + " 条，还有 " + (records.length - arrived) + " 条没到。没有网络就晚点再试，或存成文件。", arrived + " arrived, " + (records.length - arrived) + " did not. Try again with a network, or save a file.");
      }
    });
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
    say("result", "已存成文件，共 " + records.length + " 条。手机里的还留着。", "Saved " + records.length + " to a file. They also stay on the phone.");
  }

  function look() {
    return names().then(function (list) { return Promise.all(list.map(recordsOf)); }).then(function (found) {
      records = [].concat.apply([], found).map(written);
      var none = records.length === 0;
      element("send").disabled = none;
      element("save").disabled = none;
      if (none) { say("count", "这台手机里没有待发的记录。", "Nothing waits to be sent on this phone."); } else { say("count", "这台手机里有 " + records.length + " 条待发的记录。", records.length + " wait to be sent."); }
      element("count").setAttribute("data-count", String(records.length));
    });
  }

  element("send").addEventListener("click", send);
  element("save").addEventListener("click", save);
  look().catch(function (error) {
    say("count", "读不到这台手机里的记录（" + error.message + "）。请不要清除浏览器数据，把手机带给管理员。", "The records cannot be read. Do not clear the browser’s data; bring the phone to the administrator.");
  });
})();
