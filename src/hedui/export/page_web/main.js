"use strict";
// Starts the page and ties keys, address, language and printing to it.

function refresh() {
  applyFilters();
  drawLists();
  syncFilters();
  writeHash(false);
}

const PRINTED = 1000;
const refreshSoon = soon(refresh);

function drawAll() {
  document.documentElement.lang = LANG === "en" ? "en" : "zh-CN";
  for (const node of document.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of document.querySelectorAll("[data-a]")) node.setAttribute("aria-label", t(node.dataset.a));
  byId("lang").textContent = LANG === "en" ? "中文" : "English";
  byId("lang").lang = LANG === "en" ? "zh-CN" : "en";
  applyFilters();
  drawSummary();
  drawFilters();
  drawLists();
  syncFilters();
  openFromState();
}

function openFromState() {
  const id = STATE.open;
  OPEN = null;
  const file = /^file-(\d+)$/.exec(id);
  if (CHECK_BY_ID.has(id)) openCheck(id, 0);
  else if (file && DATA.files[file[1] - 1]) openText(file[1] - 1, 0);
  else if (id && DATA.records.some((record) => record.id === id)) openRecord(id);
  else {
    STATE.open = "";
    emptyReader();
  }
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape" && OPEN) closeReader();
  else if (event.key === "Escape" && typing) event.target.blur();
  else if (typing) return;
  else if (event.key === "j") stepBy(1);
  else if (event.key === "k") stepBy(-1);
  else if (event.key === "/") {
    event.preventDefault();
    byId("q").focus();
  }
}

// On paper every shown conflict and difference carries its places in the text; very long lists are cut, and say so.
function beforePrint() {
  afterPrint();
  const all = walk();
  for (const check of all.slice(0, PRINTED)) {
    GROW[check.verdict](Math.min(PRINTED, VIEW.checks[check.verdict].length));
    const card = cardOf(check.id);
    if (card) card.append(el("div.inline", {}, drawPlaces(fileOf(check), focusOf(check), null)));
  }
  if (all.length > PRINTED) byId("list").append(el("p.inline", {}, t("printed", { n: count(PRINTED), all: count(all.length) })));
}

function afterPrint() {
  for (const node of document.querySelectorAll(".inline")) node.remove();
}

function start() {
  load(byId("data").textContent);
  byId("data").remove();
  readHash();
  byId("print").onclick = () => window.print();
  byId("lang").onclick = () => {
    LANG = LANG === "en" ? "zh" : "en";
    drawAll();
    writeHash(false);
  };
  addEventListener("keydown", onKey);
  addEventListener("popstate", () => {
    readHash();
    drawAll();
  });
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
  window.matchMedia("print").addEventListener("change", (media) => (media.matches ? beforePrint() : afterPrint()));
  narrow.addEventListener("change", modal);
  drawAll();
}

start();
