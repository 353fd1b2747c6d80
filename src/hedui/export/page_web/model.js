"use strict";
// The data of the page, read once, and the questions asked of it.

let DATA = null;
const CHECK_BY_ID = new Map();
const VERDICTS = ["conflict", "rounding", "consistent"];
const KINDS = ["sum", "difference", "ratio", "growth", "restated", "table", "target", "unit", "label"];
const TIERS = ["numeric", "value", "wording"];
const STATUSES = ["differ", "narrative_only", "table_only", "agree"];
const TYPES = ["indicator", "fund", "document", "score"];

function load(text) {
  DATA = JSON.parse(text);
  DATA.checks.forEach((check, i) => {
    check.n = i;
    CHECK_BY_ID.set(check.id, check);
  });
  DATA.files.forEach((file) => {
    file.reports = file.reports || [];
    file.blocks = file.blocks || [];
    file.issues = file.issues || [];
    file.text = file.text || "";
  });
  return DATA;
}

function fileOf(item) {
  return DATA.files[item.f];
}

function reportOf(item) {
  return fileOf(item).reports[item.r];
}

function reportTitle(report) {
  return report.title || report.programme || report.unit || t("untitled");
}

// A quote is [start, end, value, text?]; its words are those of the span unless the data say otherwise.
function quoteText(file, quote) {
  const text = quote[3] === undefined ? file.text.slice(quote[0], quote[1]) : quote[3];
  return text.replace(/\s*\n\s*/g, "");
}

// The same as a person reads it: where an export left its own marks in the words, what they mean.
function quoteSays(file, quote) {
  const text = quoteText(file, quote);
  return quote[2] && /[$\\]|\*\*|\[bookmark/.test(text) ? quote[2] : text;
}

function tally(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(item[key], (counts.get(item[key]) || 0) + 1);
  return counts;
}

// What a search looks through, built at the first search and kept.
function haystack(item) {
  if (item.hay === undefined) {
    const file = fileOf(item);
    const quotes = item.stated ? [item.stated, ...item.inputs].map((quote) => quoteText(file, quote)) : [];
    const fields = item.fields ? Object.values(item.fields).flat() : [];
    item.hay = squeeze([item.id, item.note || "", item.computed || "", file.name, reportTitle(reportOf(item)), ...quotes, ...fields].join("\n"));
  }
  return item.hay;
}

// Full-width forms, case and spaces do not matter to a search.
function squeeze(text) {
  return text.normalize("NFKC").toLowerCase().replace(/[ \t\u3000]+/g, "");
}

function weightOrder(a, b) {
  return TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || b.p - a.p || a.n - b.n;
}

function fileOrder(a, b) {
  return a.f - b.f || a.stated[0] - b.stated[0] || a.n - b.n;
}

// What was computed, in the unit of what is stated where it comes as bare yuan: 12500000 beside 1260万元 is 1250 万元.
function computedText(check) {
  const said = /^(-?[\d,，.]+)\s*(亿元?|万元?)$/.exec(quoteText(fileOf(check), check.stated).trim());
  if (!said || check.kind === "unit" || !/^-?\d+(\.\d+)?$/.test(check.computed)) return figure(check.computed);
  const base = said[2].startsWith("亿") ? 1e8 : 1e4;
  const stated = Math.abs(Number(said[1].replace(/[,，]/g, "")));
  const computed = Math.abs(Number(check.computed));
  if (!(stated > 0 && computed > 0) || Math.abs(Math.log(computed / stated)) < Math.abs(Math.log(computed / base / stated))) return figure(check.computed);
  return `${Number((Number(check.computed) / base).toPrecision(12))} ${said[2]}`;
}

// The sentence that says in words what a check compares; pieces of it that are quotes come as elements of `chip`.
function sentence(check, quoted) {
  const file = fileOf(check);
  const fill = { a: "\u0001", b: "\u0002", i: "\u0003" };
  const inputs = check.inputs.length ? check.inputs : [check.stated];
  const other = inputs.filter((quote) => check.computed && [quote[2], quoteText(file, quote)].includes(check.computed));
  const said = (other.length ? other.slice(0, 1) : inputs.slice(0, 2)).map((quote) => quoted(quoteSays(file, quote)));
  const parts = { "\u0001": [quoted(quoteSays(file, check.stated))], "\u0002": [quoted(computedText(check))],
    "\u0003": said.flatMap((one, i) => (i ? [LANG === "en" ? ", " : "、", one] : [one])).concat(!other.length && inputs.length > 2 ? ["…"] : []) };
  const key = `${check.verdict === "conflict" ? "x" : "s"}_${check.kind}`;
  return t(key in WORDS ? key : `s_${check.kind}`, fill).split(/([\u0001-\u0003])/).flatMap((piece) => parts[piece] || [piece]);
}
