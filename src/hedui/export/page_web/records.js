"use strict";
// The lists of records and of whole reports.

const FIELD_WORDS = new Set(["measure"]);

function recordsGroup() {
  const box = group("records", VIEW.records, drawRecord, "records");
  box.querySelector("summary").after(el("div.subfilters", {}, choices("status", t("statusLabel"), STATUSES), choices("type", t("typeLabel"), TYPES)));
  return box;
}

function drawRecord(record) {
  const { name, title, number, scope, ...rest } = record.fields;
  const head = name || title || scope || number || t(record.type);
  const facts = Object.entries(rest);
  if (number && head !== number) facts.unshift(["number", number]);
  const checks = record.checks.map((id) => CHECK_BY_ID.get(id)).filter(Boolean);
  return el(`article.record.s-${record.status}`, { "data-id": record.id },
    el("div.meta", {}, el("span.status", {}, t(record.status)), el("span.kind", {}, t(record.type)), confidence(record.p)),
    el("h3", {}, el("button.say", { type: "button", onclick: () => openRecord(record.id) }, String(head))),
    el("dl.facts", {}, facts.map(([key, value]) => el("div", {}, el("dt", {}, t(`f_${key}`)), el("dd", {}, fact(key, value))))),
    checks.length ? el("p.rel", {}, `${t("related")}：`, checks.slice(0, 8).map((check) => button(`see.v-${check.verdict}`,
      `${sign(check.verdict)} ${t(check.kind)}`, () => openCheck(check.id, 0))), checks.length > 8 ? `+${checks.length - 8}` : null) : null,
    el("p.from", {}, el("span.report", {}, reportTitle(reportOf(record))), el("span.fname", {}, fileOf(record).name)));
}

function fact(key, value) {
  if (FIELD_WORDS.has(key)) return t(String(value));
  if (Array.isArray(value)) return value.map((one) => figure(String(one))).join("、");
  return key === "year" ? String(value) : figure(String(value));
}

function textsGroup() {
  const rows = DATA.files.flatMap((file, f) => (STATE.file === "" || STATE.file === String(f) ? file.reports.map((report, r) => ({ f, r })) : []));
  const conflicts = new Map();
  for (const check of DATA.checks) {
    if (check.verdict === "conflict") conflicts.set(`${check.f}/${check.r}`, (conflicts.get(`${check.f}/${check.r}`) || 0) + 1);
  }
  return group("texts", rows, (row) => {
    const report = reportOf(row);
    const facts = [report.kind && t(report.kind), report.unit, report.region, report.year, report.programme].filter(Boolean).join(" · ");
    const n = conflicts.get(`${row.f}/${row.r}`) || 0;
    return el("article.record.text", {},
      el("div.meta", {}, el("span.fname", {}, fileOf(row).name), n ? el("span.bad", {}, `≠ ${n}`) : null),
      el("h3", {}, el("button.say", { type: "button", onclick: () => openText(row.f, report.s) }, reportTitle(report))),
      facts ? el("p.from", {}, facts) : null);
  }, "texts");
}
