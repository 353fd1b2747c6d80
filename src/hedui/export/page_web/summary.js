"use strict";
// The head of the page: what was read, what does not agree by kind and by file, and what could not be read.

const BARS_FIRST = 5;

function drawSummary() {
  const home = clear(byId("summary"));
  const whole = DATA.whole;
  const verdicts = whole ? new Map(Object.entries(whole.verdicts)) : tally(DATA.checks, "verdict");
  const reports = DATA.files.reduce((sum, file) => sum + file.reports.length, 0);
  const claims = DATA.files.reduce((sum, file) => sum + file.reports.reduce((all, report) => all + report.claims, 0), 0);
  clear(byId("lede")).append(t("lede"));
  if (whole) byId("lede").append(" ", el("b", {}, t("partly", { n: count(DATA.files.length), all: count(whole.files) })));
  const here = { files: DATA.files.length, reports, claims, checksDone: DATA.checks.length };
  const numbers = Object.entries(whole ? { ...here, ...whole, checksDone: whole.checks } : here).filter(([key]) => key in here);
  home.append(el("div.numbers", {},
    el("dl.read", {}, numbers.map(([key, n]) => el("div", {}, el("dt", {}, t(key)), el("dd", {}, count(n))))),
    el("dl.outcome", {}, VERDICTS.map((verdict) => el(`div.${verdict}`, {},
      el("dt", {}, el("span.sign", { "aria-hidden": "true" }, sign(verdict)), t(verdict)), el("dd", {}, count(verdicts.get(verdict) || 0))))),
    DATA.checks.length ? balance(verdicts, whole ? whole.checks : DATA.checks.length) : null));
  const conflicts = DATA.checks.filter((check) => check.verdict === "conflict");
  const boxes = [...(conflicts.length ? [kindChart(conflicts), fileChart(conflicts)] : []), troubles()].filter(Boolean);
  home.append(el(`div.charts.n${boxes.length}`, {}, boxes));
}

// One bar of all checks: conflict, rounding, consistent; each part at least thick enough to be seen.
function balance(verdicts, checks) {
  const total = Math.max(1, checks);
  const parts = VERDICTS.map((verdict) => [verdict, verdicts.get(verdict) || 0]).filter(([, n]) => n);
  const picture = svg("svg", { viewBox: "0 0 1000 10", preserveAspectRatio: "none", class: "balance", role: "img",
    "aria-label": parts.map(([verdict, n]) => `${t(verdict)} ${n}`).join("，") });
  let x = 0;
  const least = parts.map(([, n]) => Math.max(8, (n / total) * 1000));
  const scale = 1000 / least.reduce((a, b) => a + b, 0.001);
  parts.forEach(([verdict], i) => {
    picture.append(svg("rect", { x, y: 0, width: Math.max(0, least[i] * scale - 2), height: 10, class: `v-${verdict}` }));
    x += least[i] * scale;
  });
  return picture;
}

function kindChart(conflicts) {
  const rows = KINDS.map((kind) => ({ key: kind, name: t(kind), items: conflicts.filter((check) => check.kind === kind) }));
  return chart("byKind", rows.filter((row) => row.items.length), (row) => toggleChoice("kind", row.key));
}

function fileChart(conflicts) {
  const groups = new Map();
  for (const check of conflicts) groups.set(check.f, [...(groups.get(check.f) || []), check]);
  const rows = [...groups].map(([f, items]) => ({ key: String(f), name: DATA.files[f].name, items }));
  return chart("byFileChart", rows, (row) => {
    STATE.file = STATE.file === row.key ? "" : row.key;
    refresh();
  });
}

function chart(label, rows, choose) {
  rows.sort((a, b) => b.items.length - a.items.length);
  const most = Math.max(...rows.map((row) => row.items.length));
  const list = el("ul.bars");
  const put = (some) => some.forEach((row) => list.append(el("li", {}, bar(row, most, choose))));
  put(rows.slice(0, BARS_FIRST));
  const box = el(`section.chart.${label}`, { "aria-label": t(label) }, el("h3", {}, t(label)), list);
  if (rows.length > BARS_FIRST) {
    const all = button("more", t(label === "byKind" ? "allKinds" : "allRows", { n: rows.length }), () => {
      put(rows.slice(BARS_FIRST));
      all.remove();
    });
    box.append(all);
  }
  if (label === "byKind") box.append(el("p.legend", {}, TIERS.map((tier) => el("span", {}, swatch(tier), t(tier)))));
  return box;
}

function swatch(tier) {
  return svg("svg", { viewBox: "0 0 10 10", class: "swatch", "aria-hidden": "true" }, svg("rect", { width: 10, height: 10, class: `t-${tier}` }));
}

function bar(row, most, choose) {
  const tiers = tally(row.items, "tier");
  const picture = svg("svg", { viewBox: "0 0 1000 10", preserveAspectRatio: "none", "aria-hidden": "true" });
  let x = 0;
  for (const tier of TIERS) {
    const width = ((tiers.get(tier) || 0) / most) * 1000;
    if (width) picture.append(svg("rect", { x, y: 0, width: Math.max(3, width - 3), height: 10, class: `t-${tier}` }));
    x += width;
  }
  const says = TIERS.filter((tier) => tiers.get(tier)).map((tier) => `${t(tier)} ${tiers.get(tier)}`).join("，");
  const node = button("bar", el("span.name", {}, row.name), () => choose(row), { title: `${row.name}：${says}` });
  return add(node, picture, el("span.n", {}, count(row.items.length)));
}

// Files that were not read, and places in files that were read in part, with their causes.
function troubles() {
  const issues = DATA.files.flatMap((file) => file.issues.map((issue) => [file.name, ...issue]));
  const lists = [["failed", DATA.failures.map(([name, cause]) => [name, "", cause])], ["issues", issues]].filter(([, rows]) => rows.length);
  if (!lists.length) return null;
  return el("section.chart.troubles", { "aria-label": lists.map(([key]) => t(key)).join("，") }, lists.map(([key, rows]) => {
    const list = el("ul");
    inSteps(list, rows, ([name, where, what]) => el("li", {}, el("b.fname", {}, name), where && el("i", {}, where), el("span", {}, what)), BARS_FIRST);
    return [el("h3", {}, t(key), " ", el("b", {}, count(rows.length))), el("div.listed", {}, list)];
  }));
}
