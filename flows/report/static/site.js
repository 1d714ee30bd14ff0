// What pages do when touched: language, theme, search, choices, filters, tips, and lit figures.
(function () {
  "use strict";
  var root = document.documentElement, base = root.dataset.root || "";
  function keep(name, value) { try { localStorage.setItem("customhouse-" + name, value); } catch (e) { /* private mode: not kept */ } }
  function all(selector, within) { return Array.prototype.slice.call((within || document).querySelectorAll(selector)); }
  function el(id) { return document.getElementById(id); }

  // search, language and theme need this script, so it makes them
  function made(name, attributes, text) {
    var node = document.createElement(name);
    Object.keys(attributes).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text) node.textContent = text;
    return node;
  }
  var tools = made("div", { "class": "tools" }), search = made("div", { "class": "search", role: "search" });
  search.appendChild(made("input", { id: "search", type: "search", autocomplete: "off", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "data-e": "Search places, goods, articles", "data-z": "搜索地区、商品、文章" }));
  search.appendChild(made("ul", { id: "found", role: "listbox", "data-e": "Results", "data-z": "结果", hidden: "" }));
  tools.appendChild(search);
  var tongue = made("button", { type: "button", id: "lang", "aria-label": "中文 / English" });
  tongue.appendChild(made("e-", { lang: "zh" }, "中文"));
  tongue.appendChild(made("z-", { lang: "en" }, "EN"));
  tools.appendChild(tongue);
  tools.appendChild(made("button", { type: "button", id: "theme", "data-e": "Light or dark", "data-z": "浅色或深色" }, "◐"));
  document.querySelector(".top").appendChild(tools);

  function say() {
    var key = root.lang === "zh" ? "z" : "e";
    all("[data-z]").forEach(function (node) {
      var words = node.dataset[key];
      if (node.tagName === "OPTION") node.textContent = words;
      else node.setAttribute("aria-label", words);
      if (node.id === "search") node.placeholder = root.lang === "zh" ? "搜索" : "Search";
    });
    document.dispatchEvent(new CustomEvent("language"));
  }
  el("lang").addEventListener("click", function () { root.lang = root.lang === "zh" ? "en" : "zh"; keep("lang", root.lang); say(); });
  el("theme").addEventListener("click", function () {
    var dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    keep("theme", root.dataset.theme);
  });

  // tables and tips that were put aside, packed: they are laid out once the page is there
  async function whole() {
    var held = el("parts");
    if (!held) return;
    var text = atob(JSON.parse(held.textContent)), bytes = new Uint8Array(text.length);
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    var said = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
    all("[data-part]").forEach(function (place) { place.innerHTML = said[0][place.dataset.part]; });
    all("[data-t]").forEach(function (mark, n) { mark.dataset.e = said[1][n][0]; mark.dataset.z = said[1][n][1]; });
  }

  // one chart of several
  function choices() { all("figure[data-choices]").forEach(function (figure) {
    function show(id) { all(".choice", figure).forEach(function (part) { part.hidden = part.dataset.choice !== id; }); latest(figure); }
    figure.addEventListener("change", function (event) { show(event.target.value); });
    var wanted = all("input", figure).filter(function (i) { return "#" + i.value === location.hash; })[0];
    if (wanted) { wanted.checked = true; show(wanted.value); figure.scrollIntoView(); }
  }); }

  // where a chart is wider than the screen, begin with the latest
  function latest(within) { all(".body", within).forEach(function (body) { if (body.querySelector(".time, .heat")) body.scrollLeft = body.scrollWidth; }); }
  all(".chart").forEach(latest);

  // filters over the rows of the section's table
  function filters() { all("form[data-filters]").forEach(function (form) {
    var rows = all("tbody tr", form.parentNode).filter(function (row) { return row.closest("table.figures, table.filtered"); });
    function apply() {
      var data = new FormData(form), shown = 0;
      var text = String(data.get("text") || "").toLowerCase();
      rows.forEach(function (row) {
        var of = (row.dataset.k || "").split(" ");
        var fits = (!data.get("flow") || of[0] === data.get("flow")) && (!data.get("measure") || of[1] === data.get("measure")) && (!text || row.textContent.toLowerCase().indexOf(text) >= 0);
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      form.querySelector("output").textContent = shown + " / " + rows.length;
    }
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  }); }

  // tips: the accessible name of a mark, shown beside the pointer
  var tip = document.createElement("div");
  tip.id = "tip"; tip.hidden = true; tip.setAttribute("aria-hidden", "true"); document.body.appendChild(tip);
  function near(event) {
    var mark = event.target.closest && event.target.closest(".mark, .track + .number a, .heat a, [data-r]");
    tip.hidden = !mark;
    if (!mark) return;
    var why = mark.dataset.r && document.querySelector('[data-why="' + mark.dataset.r + '"]');
    tip.textContent = why ? why.innerText : mark.getAttribute("aria-label");
    var box = mark.getBoundingClientRect(), x = event.clientX || box.left, y = event.clientY || box.bottom;
    tip.style.left = Math.max(4, Math.min(x + 12, innerWidth - tip.offsetWidth - 8)) + "px";
    tip.style.top = Math.min(y + 16, innerHeight - tip.offsetHeight - 8) + "px";
  }
  document.addEventListener("mousemove", near);
  document.addEventListener("focusin", near);

  // an article: the address names a figure, its card and its numerals light up
  function light() {
    var id = decodeURIComponent(location.hash.slice(1));
    var card = id && el(id);
    all(".lit").forEach(function (node) { node.classList.remove("lit"); });
    if (!card) return;
    if (card.tagName === "DETAILS") { card.open = true; card.scrollIntoView(); return; }
    if (card.classList.contains("n")) { light_all((card.dataset.f || card.getAttribute("href").slice(1)).split(" ")); return; }
    if (!card.closest(".cards")) return;
    light_all([id]);
    var first = document.querySelector(marks(id));
    if (first) first.scrollIntoView({ block: "center" });
    show_card(card);
  }
  function marks(id) { return '.n[data-f~="' + CSS.escape(id) + '"], .n[href="#' + CSS.escape(id) + '"]'; }
  function light_all(ids) {
    ids.forEach(function (id) {
      if (el(id)) el(id).classList.add("lit");
      all(marks(id)).forEach(function (node) { node.classList.add("lit"); });
    });
    if (el(ids[0])) show_card(el(ids[0]));
  }
  function show_card(card) {
    var list = card.closest(".cards");
    if (list && getComputedStyle(list).position === "sticky") list.scrollTop = card.offsetTop - list.offsetTop - 40;
  }
  addEventListener("hashchange", light);
  // a touch beside it puts the figure away
  document.addEventListener("click", function (event) {
    if (!document.querySelector(".lit") || event.target.closest("a, button, input, .cards")) return;
    location.replace("#-");  // names nothing: what was the target is none any more, and nothing moves
  });

  // search: a small index, loaded when somebody begins to type
  var box = el("search"), list = el("found"), rows = null, chosen = -1;
  window.customhouse_index = function (data) { rows = data; find(); };
  function load() {
    if (load.done) return;
    load.done = true;
    var script = document.createElement("script");
    script.src = base + "search.js";
    document.head.appendChild(script);
  }
  var kinds = { p: ["place", "地区"], g: ["goods", "商品"], w: ["partner", "伙伴"], a: ["article", "文章"] };
  function find() {
    var words = box.value.trim().toLowerCase().split(/\s+/).filter(Boolean);
    list.textContent = ""; chosen = -1;
    if (!rows || !words.length) { open(false); return; }
    var hits = [];
    for (var i = 0; i < rows.length && hits.length < 400; i++) {
      var text = (rows[i][1] + " " + rows[i][2]).toLowerCase();
      if (words.every(function (w) { return text.indexOf(w) >= 0; })) hits.push([text.indexOf(words[0]) + (rows[i][0] === "a" ? 50 : 0), rows[i]]);
    }
    hits.sort(function (a, b) { return a[0] - b[0]; });
    hits.slice(0, 14).forEach(function (hit, n) {
      var row = hit[1], item = document.createElement("li"), small = document.createElement("small"), zh = root.lang === "zh";
      item.setAttribute("role", "option"); item.id = "hit-" + n; item.dataset.page = row[3];
      item.textContent = zh && row[2] ? row[2] : row[1];
      small.textContent = kinds[row[0]][zh ? 1 : 0];
      item.appendChild(small); list.appendChild(item);
    });
    if (!hits.length) { var none = document.createElement("li"); none.textContent = root.lang === "zh" ? "没有找到" : "Nothing found"; none.setAttribute("role", "option"); list.appendChild(none); }
    open(true);
  }
  function open(yes) { list.hidden = !yes; box.setAttribute("aria-expanded", String(yes)); if (!yes) box.removeAttribute("aria-activedescendant"); }
  function go(item) { if (item && item.dataset.page) location.href = base + item.dataset.page; }
  box.addEventListener("focus", load);
  box.addEventListener("input", function () { load(); find(); });
  box.addEventListener("keydown", function (event) {
    var items = all("li", list);
    if (event.key === "Escape") { open(false); return; }
    if (event.key === "Enter") { go(items[Math.max(chosen, 0)]); return; }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + items.length) % (items.length || 1);
    items.forEach(function (item, n) { item.setAttribute("aria-selected", String(n === chosen)); });
    if (items[chosen]) { box.setAttribute("aria-activedescendant", items[chosen].id); items[chosen].scrollIntoView({ block: "nearest" }); }
  });
  list.addEventListener("mousedown", function (event) { event.preventDefault(); go(event.target.closest("li")); });
  box.addEventListener("blur", function () { open(false); });
  document.addEventListener("keydown", function (event) {
    if (event.key === "/" && !/INPUT|TEXTAREA|SELECT/.test(document.activeElement.tagName)) { event.preventDefault(); box.focus(); }
  });

  whole().finally(function () {
    choices();
    filters();
    say();
    light();
    var named = el("parts") && location.hash && el(decodeURIComponent(location.hash.slice(1)));
    if (named && named.offsetParent) named.scrollIntoView();  // the page was shorter when it was first gone to
    root.dataset.whole = "yes";
  });
})();
