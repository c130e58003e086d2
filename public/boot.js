/* What runs before an app: shows kept preferences, sends WeChat to a real browser, checks the floor,
   then starts the app through start.js. Every way this can end puts a sentence on the page.
   Classic and ES5, so that a browser far below the floor can still read it. Asks the office nothing. */
(function () {
  "use strict";

  var script = document.getElementById("boot-script");
  var app = script.getAttribute("data-app");

  /* ---- The floor: a list of features. `id`s are also put on the page, for tests and for support. ---- */

  function has(object, name) { return !!object && name in object && object[name] !== undefined && object[name] !== null; }
  function wasm(bytes) {
    return has(window, "WebAssembly") && WebAssembly.validate(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0].concat(bytes)));
  }
  /* A module with one function () -> () and this body, memory included. */
  function body(code) {
    return wasm([1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, code.length + 4, 1, code.length + 2, 0].concat(code, [11]));
  }

  var FEATURES = [
    ["secure-context", "https 安全连接", "a secure address (https)", function () { return window.isSecureContext === true; }],
    ["promise", "Promise", "Promise", function () { return has(window, "Promise"); }],
    ["fetch", "fetch", "fetch", function () { return has(window, "fetch"); }],
    ["modules", "JavaScript 模块", "JavaScript modules", function () { return has(window, "HTMLScriptElement") && "noModule" in HTMLScriptElement.prototype; }],
    ["text-encoding", "TextEncoder", "TextEncoder", function () { return has(window, "TextEncoder") && has(window, "TextDecoder"); }],
    ["bigint", "BigInt", "BigInt", function () { return has(window, "BigInt") && has(window, "BigInt64Array"); }],
    ["crypto", "加密 WebCrypto", "WebCrypto", function () { return has(window, "crypto") && has(window.crypto, "getRandomValues") && has(window.crypto, "subtle"); }],
    ["indexeddb", "本机存储 IndexedDB", "IndexedDB", function () { return has(window, "indexedDB"); }],
    ["dialog", "对话框 dialog", "dialog", function () { return has(window, "HTMLDialogElement") && "showModal" in HTMLDialogElement.prototype; }],
    ["css-grid", "CSS 网格", "CSS grid", function () { return has(window, "CSS") && has(CSS, "supports") && CSS.supports("display", "grid") && CSS.supports("inset", "0"); }],
    ["webassembly", "WebAssembly", "WebAssembly", function () { return has(window, "WebAssembly") && has(WebAssembly, "instantiate") && has(WebAssembly, "validate"); }],
    ["wasm-mutable-globals", "WebAssembly mutable-globals", "WebAssembly mutable-globals", function () { return wasm([2, 8, 1, 1, 97, 1, 98, 3, 127, 1]); }],
    ["wasm-sign-ext", "WebAssembly sign-ext", "WebAssembly sign-ext", function () { return body([65, 0, 192, 26]); }],
    ["wasm-nontrapping-fptoint", "WebAssembly nontrapping-fptoint", "WebAssembly nontrapping-fptoint", function () { return body([67, 0, 0, 0, 0, 252, 0, 26]); }],
    ["wasm-bulk-memory", "WebAssembly bulk-memory", "WebAssembly bulk-memory", function () { return body([65, 0, 65, 0, 65, 0, 252, 11, 0]); }],
    ["wasm-reference-types", "WebAssembly reference-types", "WebAssembly reference-types", function () { return body([208, 111, 26]); }],
    ["wasm-multivalue", "WebAssembly multivalue", "WebAssembly multivalue", function () { return wasm([1, 6, 1, 96, 0, 2, 127, 127, 3, 2, 1, 0, 10, 8, 1, 6, 0, 65, 0, 65, 0, 11]); }]
  ];
  /* What only the phone needs: it works without a network, and sends from one tab at a time. */
  var PHONE_FEATURES = [
    ["service-worker", "离线打开 Service Worker", "Service Worker", function () { return has(navigator, "serviceWorker"); }],
    ["cache-storage", "离线缓存 Cache Storage", "Cache Storage", function () { return has(window, "caches"); }],
    ["web-locks", "Web Locks", "Web Locks", function () { return has(navigator, "locks"); }]
  ];

  function missingFeatures() {
    var list = app === "phone" ? FEATURES.concat(PHONE_FEATURES) : FEATURES;
    var missing = [];
    for (var i = 0; i < list.length; i++) {
      /* Without WebAssembly at all, its parts need no line of their own. */
      if (list[i][0].indexOf("wasm-") === 0 && !window.WebAssembly) { continue; }
      var there = false;
      try { there = list[i][3](); } catch (error) { there = false; }
      if (!there) { missing.push(list[i]); }
    }
    return missing;
  }

  /* ---- Pages: built from elements, for the page's policy allows no markup from strings ---- */

  function make(tag, attributes, children) {
    var element = document.createElement(tag);
    for (var name in attributes) { element.setAttribute(name, attributes[name]); }
    for (var i = 0; i < (children || []).length; i++) {
      var child = children[i];
      element.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
    }
    return element;
  }
  function said(chinese, english) {
    return [make("p", {}, [chinese]), make("p", { lang: "en", "class": "sub" }, [english])];
  }
  function show(kind, children) {
    var boot = document.getElementById("boot");
    var sign = make("div", { "class": "door-sign" }, [
      make("img", { src: "/icons/icon.svg", alt: "", width: "64", height: "64" }), make("h1", {}, ["六知道"])
    ]);
    var page = make("main", { id: "boot", "class": "door", "data-boot": kind, role: "alert" }, [sign].concat(children));
    if (boot) { boot.parentNode.replaceChild(page, boot); } else { document.body.appendChild(page); }
  }
  function label(chinese, english) {
    return [make("span", {}, [chinese]), make("small", { lang: "en" }, [english])];
  }
  function button(chinese, english, tap) {
    var element = make("button", { type: "button", "class": "button wide main" }, label(chinese, english));
    element.addEventListener("click", tap);
    return element;
  }
  function rescueLink() {
    return make("a", { href: "/rescue.html", "class": "button wide" }, label("取出还没送出的记录", "Take out what is unsent"));
  }

  function showMissing(missing) {
    var onlyInsecure = missing.length > 0 && missing[0][0] === "secure-context";
    var items = [];
    var ids = [];
    for (var i = 0; i < missing.length; i++) {
      ids.push(missing[i][0]);
      items.push(make("li", { "data-missing": missing[i][0] }, [missing[i][1] === missing[i][2] ? missing[i][1] : missing[i][1] + " · " + missing[i][2]]));
    }
    var words = onlyInsecure
      ? said("请用 https:// 开头的地址打开六知道。这个地址不安全，手机不让它离线保存。",
          "Please open Liuzhidao at an address that begins with https://. A phone keeps nothing offline for this one.")
      : said("这个浏览器太旧，打不开六知道。请把它更新到最新版，或者换一个浏览器（如 Chrome、Edge、华为浏览器、Safari）。",
          "This browser is too old for Liuzhidao. Please update it, or use another one (Chrome, Edge, Safari).");
    var lack = make("div", { "class": "door-note" }, [make("p", {}, ["缺少 · It lacks"]), make("ul", { "class": "missing-features" }, items)]);
    var children = words.concat([lack]);
    if (app === "phone" && ids.indexOf("indexeddb") < 0) { children.push(rescueLink()); }
    show("floor", children);
  }

  function copyLink(button) {
    function done() { button.textContent = "已复制，请粘贴到浏览器 Copied"; }
    function byHand() {
      var area = make("textarea", { readonly: "", "class": "hidden-visually" }, []);
      area.value = location.href;
      document.body.appendChild(area);
      area.select();
      area.setSelectionRange(0, area.value.length);
      var copied = false;
      try { copied = document.execCommand("copy"); } catch (error) { copied = false; }
      document.body.removeChild(area);
      if (copied) { done(); } else { button.textContent = "请长按下面的地址复制 Press and hold the address below"; }
    }
    if (has(navigator, "clipboard") && has(navigator.clipboard, "writeText")) {
      navigator.clipboard.writeText(location.href).then(done, byHand);
    } else {
      byHand();
    }
  }

  /* Inside WeChat or 企业微信: its storage is not the browser's, so nothing may begin here. No request
     is made, so a link or a code is not spent. */
  function showWeChat() {
    var copy = button("复制链接", "Copy the link", function () { copyLink(copy); });
    show("wechat", [
      make("h2", {}, ["请在浏览器里打开"]),
      make("p", {}, ["1. 点右上角的 ⋯"]),
      make("p", {}, ["2. 点“在浏览器打开”（苹果手机是“在 Safari 打开”）"]),
      make("div", { "class": "install-steps" }, [make("img", { src: "/pictures/wechat.svg", alt: "右上角 ⋯，然后是“在浏览器打开”", width: "280", height: "190" })]),
      make("p", { "class": "sub" }, ["微信里存不住记录。您的链接还没有用掉，到浏览器里照样能用。"]),
      make("p", { lang: "en", "class": "sub" }, ["Please open this in the browser: tap ⋯ at the top right, then “Open in browser”. WeChat keeps nothing safely. Your link has not been used."]),
      copy,
      make("p", { "class": "aside", id: "boot-link" }, [location.href])
    ]);
  }

  /* What of the app lies on this phone is spoilt: it is let go of and fetched anew, and nothing else with it. Only
     where the office answers, for without it there would be no app at all. */
  function fetchAnew(again) {
    function said(chinese, english) { again.textContent = chinese + " " + english; }
    said("正在取。", "Fetching.");
    fetch("/api/health", { cache: "no-store" })
      .then(function (answer) { if (!answer.ok) { throw new Error(String(answer.status)); } return caches.keys(); })
      .then(function (names) {
        return Promise.all(names.filter(function (name) { return /^liuzhidao-/.test(name); }).map(function (name) { return caches.delete(name); }));
      })
      .then(function () { return navigator.serviceWorker.getRegistrations(); })
      .then(function (workers) { return Promise.all(workers.map(function (worker) { return worker.unregister(); })); })
      .then(function () { location.reload(); }, function () {
        said("没有连上工会。有网络的时候再点一次。", "The union does not answer. Try again with a network.");
      });
  }

  function showFailed(error) {
    var detail = error ? String(error.message || error) : "";
    show("failed", said(
      "六知道没有打开。已经保存在这台手机里的都还在。请再试一次；还是不行，请先取出还没送出的记录，再告诉档案员。",
      "Liuzhidao did not start. What is kept on this phone is still there. Try again; if it fails again, take out what is unsent and tell the registrar."
    ).concat([
      button("再试一次", "Try again", function () { location.reload(); }),
      app === "phone" ? anew() : document.createTextNode(""),
      app === "phone" ? rescueLink() : document.createTextNode(""),
      make("p", { "class": "aside" }, [detail])
    ]));
  }

  function anew() {
    var element = make("button", { type: "button", "class": "button wide" }, label("重新取一遍六知道（要有网络）", "Fetch the app anew (needs a network)"));
    element.addEventListener("click", function () { fetchAnew(element); });
    return element;
  }

  /* A crash while running: what was saved is safe, but the page answers no tap any more. */
  function watchForCrash() {
    function look(error) {
      if (!error || !window.WebAssembly || !(error instanceof WebAssembly.RuntimeError)) { return; }
      if (document.getElementById("boot")) { return; }
      var box = make("dialog", { id: "boot", "class": "sheet", "data-boot": "crashed" }, [make("div", { "class": "door" }, said(
        "出了问题，这一页不能用了。已经存好的都在，重新打开就能接着做。",
        "Something broke and this page has stopped. What was saved is there; open it again and go on."
      ).concat([button("重新打开", "Open again", function () { location.reload(); }), app === "phone" ? rescueLink() : document.createTextNode("")]))]);
      document.body.appendChild(box);
      box.showModal();
    }
    window.addEventListener("error", function (event) { look(event.error); });
    window.addEventListener("unhandledrejection", function (event) { look(event.reason); });
  }

  /* ---- Preferences, before anything is painted; gloo-storage keeps them as JSON ---- */

  function applyPreferences() {
    var kept = { "lzd-theme": "data-theme", "lzd-size": "data-size", "lzd-language": "lang" };
    for (var key in kept) {
      try {
        var word = JSON.parse(localStorage.getItem(key));
        if (typeof word === "string") { document.documentElement.setAttribute(kept[key], word); }
      } catch (error) { /* Storage is closed or holds something else: the defaults show. */ }
    }
  }

  function start() {
    if (/MicroMessenger|wxwork/i.test(navigator.userAgent)) { showWeChat(); return; }
    var missing = missingFeatures();
    if (missing.length > 0) { showMissing(missing); return; }
    document.addEventListener("boot-failed", function (event) { showFailed(event.detail); });
    document.addEventListener("boot-started", function () {
      var boot = document.getElementById("boot");
      if (boot) { boot.parentNode.removeChild(boot); }
      watchForCrash();
    });
    var module = document.createElement("script");
    module.type = "module";
    module.src = "/start.js";
    module.onerror = function () { showFailed(null); };
    document.head.appendChild(module);
  }

  applyPreferences();
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", start); } else { start(); }
})();
