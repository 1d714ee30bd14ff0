// Language and theme before anything is painted: kept in the browser, or asked of it, or given as ?lang=zh.
(function () {
  "use strict";
  var root = document.documentElement;
  function kept(name) { try { return localStorage.getItem("customhouse-" + name); } catch (e) { return null; } }
  var asked = new URLSearchParams(location.search).get("lang");
  var lang = asked || kept("lang") || (/^zh/i.test(navigator.language) ? "zh" : "en");
  root.lang = lang === "zh" ? "zh" : "en";
  var theme = kept("theme");
  if (theme) root.dataset.theme = theme;
  root.classList.add("js");
})();
