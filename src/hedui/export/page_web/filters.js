"use strict";
// The controls that narrow the lists; each choice shows how many it would leave.

const FOLD = { open: false };

function drawFilters() {
  const form = clear(byId("filters"));
  const search = el("input", { type: "search", id: "q", placeholder: t("searchHint"), autocomplete: "off", spellcheck: "false", oninput: soon(() => {
    STATE.q = search.value.trim();
    refresh();
  }) });
  search.value = STATE.q;
  const fold = el("details.more-filters", { id: "morefilters" }, el("summary", {}, t("filtersFold")),
    el("div.grid", {}, fileChoice(), orderChoice(), slider(),
      ...["verdict", "kind", "tier"].map((key) => choices(key, t(key), SETS[key]))));
  fold.open = FOLD.open || filtered();
  fold.addEventListener("toggle", () => {
    FOLD.open = fold.open;
  });
  form.append(el("div.bar1", {}, el("label", { for: "q", class: "sr" }, t("search")), search,
    button("quiet.reset", t("clear"), () => {
      resetFilters();
      drawFilters();
      refresh();
      byId("q").focus();
    }, { id: "reset" })), fold);
  form.onsubmit = (event) => event.preventDefault();
  syncFilters();
}

function soon(run) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(run, 120);
  };
}

function fileChoice() {
  const select = el("select", { id: "file", onchange: () => {
    STATE.file = select.value;
    refresh();
  } }, el("option", { value: "" }, t("allFiles")), DATA.files.map((file, i) => el("option", { value: i }, file.name)));
  return el("label.field.wide", {}, el("span", {}, t("file")), select);
}

function orderChoice() {
  const select = el("select", { id: "sort", onchange: () => {
    STATE.sort = select.value;
    refresh();
  } }, el("option", { value: "weight" }, t("byWeight")), el("option", { value: "file" }, t("byFile")));
  return el("label.field", {}, el("span", {}, t("order")), select);
}

function slider() {
  const input = el("input", { type: "range", id: "least", min: 0, max: 1, step: 0.05, oninput: () => {
    STATE.least = Number(input.value);
    byId("leastout").textContent = STATE.least.toFixed(2);
    refreshSoon();
  } });
  return el("label.field", { for: "least" }, el("span", {}, t("least"), " ", el("output", { id: "leastout", for: "least" }, "0.00")), input);
}

// A row of buttons of which any number can be pressed; none pressed means all.
function choices(key, label, all) {
  const present = new Set((key === "type" || key === "status" ? DATA.records : DATA.checks).map((item) => item[key]));
  if (!present.size) return null;
  return el("div.choices", { role: "group", "aria-label": label }, el("span.label", {}, label),
    all.filter((one) => present.has(one)).map((one) => button("choice", t(one), () => toggleChoice(key, one),
      { "data-key": key, "data-one": one, "aria-pressed": "false" })));
}

function toggleChoice(key, one) {
  if (STATE[key].has(one)) STATE[key].delete(one);
  else STATE[key].add(one);
  refresh();
}

// Puts what the state says into the controls, and the counts beside them.
function syncFilters() {
  for (const node of document.querySelectorAll("button.choice")) {
    const { key, one } = node.dataset;
    const n = (VIEW.facets[key] && VIEW.facets[key].get(one)) || 0;
    node.setAttribute("aria-pressed", String(STATE[key].has(one)));
    node.replaceChildren(t(one), el("span.n", {}, count(n)));
    node.classList.toggle("zero", !n);
  }
  const files = VIEW.facets.file || new Map();
  for (const option of byId("file").options) {
    if (option.value !== "") option.textContent = `${DATA.files[option.value].name}（${count(files.get(option.value) || 0)}）`;
  }
  byId("file").value = STATE.file;
  byId("sort").value = STATE.sort;
  byId("least").value = String(STATE.least);
  byId("leastout").textContent = STATE.least.toFixed(2);
  if (document.activeElement !== byId("q")) byId("q").value = STATE.q;
  byId("reset").hidden = !filtered();
  byId("shown").textContent = t("shown", { n: count(VIEW.shown), all: count(DATA.checks.length) });
}
