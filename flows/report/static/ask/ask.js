// SQL on the release, in the browser: the engine and the data come as scripts, so that the page also works from disk.
(function () {
  "use strict";
  var MODULE = "https://engine.invalid/duckdb.wasm";
  // put before the engine's own code: it hands over the module it was sent, and asks no network for anything
  var FENCE = 'self.addEventListener("message",function first(e){if(!e.data||!e.data.customhouse)return;' +
    'e.stopImmediatePropagation();self.removeEventListener("message",first);var wasm=e.data.customhouse;' +
    'self.fetch=function(r){var u=typeof r==="string"?r:r.url;return u===' + JSON.stringify(MODULE) +
    '?Promise.resolve(new Response(wasm,{headers:{"Content-Type":"application/wasm"}})):' +
    'Promise.reject(new Error("this page asks no network"))};' +
    'self.XMLHttpRequest=function(){throw new Error("this page asks no network")}});\n';
  var MOST = 2000;
  var parts = {}, ready = null, el = function (id) { return document.getElementById(id); };
  var questions = JSON.parse(el("questions").textContent);
  var zh = function () { return document.documentElement.lang === "zh"; };
  function say(en, cn) { el("said").textContent = zh() ? cn : en; }
  window.customhouse_part = function (name, text) { parts[name] = text; };

  function load(src) {
    return new Promise(function (ok, no) {
      var script = document.createElement("script");
      script.src = src; script.onload = ok;
      script.onerror = function () { no(new Error("cannot load " + src)); };
      document.head.appendChild(script);
    });
  }
  function unpacked(name) {
    var text = atob(parts[name]), bytes = new Uint8Array(text.length);
    delete parts[name];
    for (var i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
  }
  async function start() {
    say("Loading the engine…", "正在加载引擎…");
    await Promise.all(["static/ask/duckdb.js", "engine/wasm.js", "engine/worker.js", "engine/data.js"].map(load));
    var code = new TextDecoder().decode(await unpacked("worker")), wasm = await unpacked("wasm");
    var worker = new Worker(URL.createObjectURL(new Blob([FENCE + code], { type: "text/javascript" })));
    worker.postMessage({ customhouse: wasm }, [wasm]);
    var db = new duckdb_wasm.AsyncDuckDB(new duckdb_wasm.VoidLogger(), worker);
    await db.instantiate(MODULE);
    await db.open({ query: { castBigIntToDouble: true, castDecimalToDouble: true, castTimestampToDate: true } });
    await db.registerFileBuffer("release.duckdb", new Uint8Array(await unpacked("data")));
    var con = await db.connect();
    await con.query("set autoinstall_known_extensions = false");
    await con.query("set autoload_known_extensions = false");
    await con.query("attach 'release.duckdb' as release (read_only)");
    await con.query("use release");
    return con;
  }

  function shown(value) {
    if (value === null || value === undefined) return "";
    if (value instanceof Date) return value.toISOString().slice(0, 10);
    if (typeof value === "number") return Number.isInteger(value) ? String(value) : String(Math.round(value * 1e6) / 1e6);
    if (typeof value === "object" && value.toArray) return JSON.stringify(Array.from(value.toArray()));
    return String(value);
  }
  function table(columns, rows) {
    var out = document.createElement("table"), head = out.createTHead().insertRow(), body = out.createTBody();
    out.className = "plain";
    columns.forEach(function (name, x) {
      var cell = document.createElement("th");
      cell.scope = "col"; cell.textContent = name;
      if (rows.some(function (r) { return typeof r[x] === "number"; })) cell.className = "number";
      head.appendChild(cell);
    });
    rows.forEach(function (row) {
      var line = body.insertRow();
      row.forEach(function (value, x) {
        var cell = line.insertCell(), id = columns[x].match(/figure_id$/) && typeof value === "string" && homes[value];
        if (typeof value === "number") cell.className = "number";
        if (id) { var a = document.createElement("a"); a.href = "article/" + id + ".html#" + value; a.textContent = value; cell.appendChild(a); }
        else if (typeof value === "string" && /^https?:\/\//.test(value)) { var out2 = document.createElement("a"); out2.href = value; out2.rel = "noreferrer noopener external"; out2.textContent = value; cell.appendChild(out2); }
        else cell.textContent = shown(value);
      });
    });
    return out;
  }
  // bars of the first number by the first words: a look, not a statement
  function drawn(columns, rows) {
    var box = el("drawn");
    box.textContent = "";
    var y = columns.findIndex(function (c, x) { return !/^(year|place|rank|month.*)$/.test(c) && rows.some(function (r) { return typeof r[x] === "number"; }); });
    var labels = columns.map(function (_, x) { return x; }).filter(function (x) { return x !== y && rows.every(function (r) { return typeof r[x] === "string" || r[x] instanceof Date || (typeof r[x] === "number" && /^(year|month.*)$/.test(columns[x])); }) && !/quote|url|figure_id|cell|bound|unit|currency|agreement|how|_how/.test(columns[x]); }).slice(0, 3);
    if (y < 0 || !labels.length || rows.length < 2 || rows.length > 60) return;
    var top = Math.max.apply(null, rows.map(function (r) { return Math.abs(r[y] || 0); })) || 1;
    var out = document.createElement("table");
    out.className = "ranked";
    rows.forEach(function (row) {
      var line = out.insertRow(), name = document.createElement("th"), track = line.insertCell(), bar = document.createElement("i"), box2 = document.createElement("div");
      name.textContent = labels.map(function (x) { return shown(row[x]); }).join(" · ");
      line.insertBefore(name, track);
      track.className = "track"; bar.className = "bar" + (row[y] < 0 ? " down" : "");
      bar.style.left = "0"; bar.style.width = 100 * Math.abs(row[y] || 0) / top + "%";
      box2.appendChild(bar); track.appendChild(box2);
      var number = line.insertCell(); number.className = "number"; number.textContent = shown(row[y]);
    });
    box.appendChild(out);
  }
  var homes = {};
  function csv(columns, rows) {
    function field(value) { var text = shown(value); return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text; }
    return [columns.map(field).join(",")].concat(rows.map(function (r) { return r.map(field).join(","); })).join("\n");
  }

  async function ask() {
    var sql = el("sql").value.trim().replace(/;\s*$/, "");
    if (!sql) return;
    el("run").disabled = true;
    el("ask").removeAttribute("data-done");
    try {
      ready = ready || start();
      var con = await ready, began = performance.now();
      say("Asking…", "查询中…");
      var answer = await con.query(sql), columns = answer.schema.fields.map(function (f) { return f.name; });
      var rows = answer.toArray().map(function (row) { return columns.map(function (_, x) { return row[columns[x]]; }); });
      var ids = columns.map(function (c, x) { return /figure_id$/.test(c) ? x : -1; }).filter(function (x) { return x >= 0; });
      if (ids.length && rows.length) {
        var wanted = rows.slice(0, MOST).flatMap(function (r) { return ids.map(function (x) { return r[x]; }); }).filter(function (v) { return /^[0-9a-f]{16}$/.test(v || ""); });
        if (wanted.length) (await con.query("select figure_id, article_id from fct_figure where figure_id in ('" + wanted.join("','") + "')")).toArray().forEach(function (r) { homes[r.figure_id] = r.article_id; });
      }
      var took = Math.round(performance.now() - began);
      el("answer").replaceChildren(table(columns, rows.slice(0, MOST)));
      drawn(columns, rows);
      say(rows.length + " rows, " + took + " ms", rows.length + " 行，" + took + " 毫秒");
      var link = el("csv");
      URL.revokeObjectURL(link.href);
      link.href = URL.createObjectURL(new Blob([csv(columns, rows)], { type: "text/csv" }));
      link.hidden = false;
    } catch (error) {
      el("answer").textContent = ""; el("drawn").textContent = "";
      if (ready) ready.catch(function () { ready = null; });
      el("said").textContent = error.message;
    }
    el("run").disabled = el("ask").dataset.ready !== "yes";
    el("ask").dataset.done = "yes";
  }
  function choose(name) {
    var found = questions.filter(function (q) { return q.name === name; })[0];
    if (!found) return false;
    el("question").value = name; el("sql").value = found.sql;
    return true;
  }
  function address() { el("share").href = "#sql=" + encodeURIComponent(el("sql").value); }
  el("question").addEventListener("change", function () { choose(el("question").value); address(); });
  el("sql").addEventListener("input", address);
  el("asking").addEventListener("submit", function (event) { event.preventDefault(); ask(); });
  el("sql").addEventListener("keydown", function (event) { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); ask(); } });
  function arrive() {
    var hash = location.hash.slice(1);
    if (hash.indexOf("sql=") === 0) el("sql").value = decodeURIComponent(hash.slice(4));
    else if (!choose(hash) && !el("sql").value) choose(questions[0].name);
    address();
  }
  addEventListener("hashchange", arrive);
  arrive();
})();
