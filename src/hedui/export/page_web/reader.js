"use strict";
// The pane beside the list: where a check or a record stands in its report, and the report as a whole.

let OPEN = null;
const ARITHMETIC = new Set(["sum", "difference", "ratio", "growth", "unit"]);

const narrow = window.matchMedia("(max-width: 1099px)");

function openCheck(id, op) {
  const check = CHECK_BY_ID.get(id);
  if (!check) return closeReader();
  const focus = focusOf(check);
  if (OPEN && OPEN.id === id) return OPEN.light(op);
  return show({ id, f: check.f, r: check.r, focus, check, op, head: checkHead(check, focus) });
}

function openRecord(id) {
  const record = DATA.records.find((one) => one.id === id);
  if (!record) return;
  const focus = record.claims.map(([s, e, origin], i) => ({ s, e, tag: letter(i), color: String(i % 6), quote: [s, e, ""], origin }));
  const { name, title, number, scope } = record.fields;
  const head = [el("h2", { "aria-live": "polite" }, String(name || title || scope || number || t(record.type))), el("p.formula", {}, t("recordTitle")),
    el("div.chips", {}, focus.map((one, i) => el("button.chip", { type: "button", "data-c": one.color, onclick: () => OPEN.light(i) },
      el("i", {}, one.tag), el("span", {}, one.origin === "table" ? t("table_origin") : t("narrative")))))];
  show({ id, f: record.f, r: record.r, focus, op: 0, head });
}

function openText(f, at) {
  const file = DATA.files[f];
  const r = Math.max(0, file.reports.findIndex((report) => report.s <= at && at < report.e));
  show({ id: `file-${f + 1}`, f, r, focus: [], head: [el("h2", { "aria-live": "polite" }, file.reports[r] ? reportTitle(file.reports[r]) : file.name)], at, full: true });
}

function checkHead(check, focus) {
  return [
    el("div.meta", {}, el(`span.sign.v-${check.verdict}`, {}, sign(check.verdict)), el("span", {}, t(check.verdict)), el("span.kind", {}, t(check.kind)),
      el("span.tier", {}, t(check.tier)), confidence(check.p)),
    el("h2", { "aria-live": "polite" }, sentence(check, (text) => el("b", {}, text))),
    check.note ? el("p.formula", {}, check.note) : null,
    el("div.chips", {}, focus.map((one, i) => el("button.chip", { type: "button", "data-c": one.color, onclick: () => OPEN.light(i) },
      el("i", {}, one.tag), el("span", {}, shorten(quoteSays(fileOf(check), one.quote), 40)))),
    check.computed && ARITHMETIC.has(check.kind) ? el("span.chip.out", {}, el("i", {}, t("computed")), el("span", {}, computedText(check))) : null),
  ];
}

function show(open) {
  const step = !STATE.open;
  OPEN = open;
  STATE.open = open.id;
  writeHash(step);
  const file = DATA.files[open.f];
  const report = file.reports[open.r];
  const reader = clear(byId("reader"));
  const body = el("div.body", { id: "body", role: "tabpanel", tabindex: "0", "aria-label": t("reader") });
  const tabs = ["evidence", "fullText"].filter((key) => key === "fullText" || open.focus.length).map((key) =>
    el("button", { type: "button", role: "tab", "data-tab": key, "aria-controls": "body", onclick: () => turn(key) }, t(key)));
  add(reader, el("header.rhead", {}, el("div.rbar", {},
    open.check ? [button("quiet", "↑", () => stepBy(-1), { "aria-label": t("prev"), title: `${t("prev")} (k)` }),
      button("quiet", "↓", () => stepBy(1), { "aria-label": t("next"), title: `${t("next")} (j)` })] : null,
    el("p.from", {}, report && !open.full ? el("span.report", {}, reportTitle(report)) : null, el("span.fname", {}, file.name)),
    button("quiet.close", `${t("close")} ×`, () => closeReader(), { id: "close" })),
  ...open.head, el("div.tabs", { role: "tablist" }, tabs)), body);
  reader.classList.add("on");
  turn(open.full ? "fullText" : "evidence", open.at);
  if (open.check) showCard(open.check);
  modal();
}

// Turns to the excerpts or to the whole text; `at` is an offset to go to.
function turn(key, at) {
  const body = clear(byId("body"));
  for (const tab of document.querySelectorAll("[role=tab]")) tab.setAttribute("aria-selected", String(tab.dataset.tab === key));
  if (key === "evidence") {
    const file = DATA.files[OPEN.f];
    add(body, drawPlaces(file, OPEN.focus, (where) => turn("fullText", where)));
    body.scrollTop = 0;
    for (const cell of body.querySelectorAll(".lit")) cell.closest(".tablebox").scrollLeft = cell.offsetLeft - 90;
    OPEN.light = (op) => lightIn(body, op);
    if (OPEN.op !== undefined && OPEN.op > 0) OPEN.light(OPEN.op);
    return;
  }
  const jumpTo = (where, op) => jump(where, op);
  add(body, textTools(), outlineOf(DATA.files[OPEN.f], (where) => jumpTo(where)));
  const jump = drawFullText(body, OPEN.f, OPEN.focus);
  OPEN.light = (op) => jump(OPEN.focus[op].s, op);
  const op = OPEN.focus.findIndex((one) => one.s === at);
  if (op >= 0) OPEN.light(op);
  else if (at) jump(at);
  else if (OPEN.focus.length) OPEN.light(0);
}

function textTools() {
  const box = el("input", { type: "checkbox", checked: true, onchange: () => byId("body").classList.toggle("plain", !box.checked) });
  return el("label.marks", {}, box, t("marks"), el("span.keys", { "aria-hidden": "true" }, DATA.labels.map((label) => el("span.m", { "data-l": DATA.labels.indexOf(label) }, t(label)))));
}

function lightIn(body, op) {
  const mark = body.querySelector(`mark[data-op="${op}"]`);
  if (mark) mark.scrollIntoView({ block: "center", inline: "nearest" });
  flash(body, op);
}

function stepBy(by) {
  const list = walk();
  if (!list.length) return;
  const at = list.findIndex((check) => check.id === STATE.open);
  const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(list.length - 1, Math.max(0, at + by))];
  openCheck(next.id, 0);
  const card = cardOf(next.id);
  if (card && !narrow.matches) card.querySelector(".say").focus({ preventScroll: true });
}

function closeReader() {
  const id = STATE.open;
  OPEN = null;
  STATE.open = "";
  writeHash(false);
  emptyReader();
  for (const node of byId("list").querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  const card = id && byId("list").querySelector(`[data-id="${CSS.escape(id)}"] .say`);
  if (card) card.focus({ preventScroll: true });
}

function emptyReader() {
  const reader = clear(byId("reader"));
  reader.classList.remove("on");
  const rows = DATA.files.flatMap((file, f) => file.reports.map((report) => ({ f, report })));
  const list = el("ul");
  inSteps(list, rows, ({ f, report }) => el("li", {}, button("see", reportTitle(report), () => openText(f, report.s)), el("span.fname", {}, DATA.files[f].name)));
  reader.append(el("div.pick", {}, el("p", {}, t("pick")), rows.length ? el("p", {}, t("orRead")) : null, list));
  modal();
}

// On a small screen the pane covers the list, so the list is out of reach until it closes.
function modal() {
  const over = Boolean(OPEN) && narrow.matches;
  document.body.classList.toggle("reading", over);
  for (const node of document.querySelectorAll(".top, #summary, #main, .foot")) node.inert = over;
  if (over) byId("close").focus({ preventScroll: true });
}
