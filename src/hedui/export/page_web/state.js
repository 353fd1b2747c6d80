"use strict";
// What is filtered, sorted and open; kept in the part of the address behind #, so that a view can be sent and found again.

const STATE = { file: "", kind: new Set(), tier: new Set(), verdict: new Set(), type: new Set(), status: new Set(), least: 0, q: "",
  sort: "weight", open: "" };
const SETS = { kind: KINDS, tier: TIERS, verdict: VERDICTS, type: TYPES, status: STATUSES };
const VIEW = { checks: { conflict: [], rounding: [], consistent: [] }, shown: 0, records: [], facets: {} };

function readHash() {
  const params = new URLSearchParams();
  STATE.open = "";
  for (const part of location.hash.slice(1).split("&")) {
    if (part.includes("=")) params.append(...part.split(/=(.*)/s).slice(0, 2).map(decode));
    else if (part) STATE.open = decode(part);
  }
  for (const [key, all] of Object.entries(SETS)) {
    const wanted = (params.get(key) || "").split(",");
    STATE[key] = new Set(all.filter((one) => wanted.includes(one)));
  }
  const file = Number(params.get("file"));
  STATE.file = Number.isInteger(file) && file >= 1 && file <= DATA.files.length ? String(file - 1) : "";
  STATE.least = Math.min(1, Math.max(0, Number(params.get("least")) || 0));
  STATE.q = params.get("q") || "";
  STATE.sort = params.get("sort") === "file" ? "file" : "weight";
  LANG = params.get("lang") === "en" ? "en" : "zh";
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function hashOf(open) {
  const parts = open ? [encodeURIComponent(open)] : [];
  for (const key of Object.keys(SETS)) if (STATE[key].size) parts.push(`${key}=${[...STATE[key]].join(",")}`);
  if (STATE.file !== "") parts.push(`file=${Number(STATE.file) + 1}`);
  if (STATE.least) parts.push(`least=${STATE.least}`);
  if (STATE.q) parts.push(`q=${encodeURIComponent(STATE.q)}`);
  if (STATE.sort !== "weight") parts.push("sort=file");
  if (LANG === "en") parts.push("lang=en");
  return parts.join("&");
}

// Opening from the bare list leaves a step to go back to; everything else rewrites the address in place.
function writeHash(step) {
  const hash = hashOf(STATE.open);
  if (hash === location.hash.slice(1)) return;
  const url = hash ? `#${hash}` : location.pathname + location.search;
  if (step) history.pushState(null, "", url);
  else history.replaceState(null, "", url);
}

// One pass over checks and records: what is shown, and for each choice of each filter how many it would show.
function applyFilters() {
  const query = squeeze(STATE.q);
  const facets = { kind: new Map(), tier: new Map(), verdict: new Map(), type: new Map(), status: new Map(), file: new Map() };
  VIEW.facets = facets;
  for (const verdict of VERDICTS) VIEW.checks[verdict] = [];
  for (const check of sift(DATA.checks, ["file", "kind", "tier", "verdict"], query, facets)) VIEW.checks[check.verdict].push(check);
  VIEW.records = sift(DATA.records, ["type", "status"], query, facets);
  const order = STATE.sort === "file" ? fileOrder : weightOrder;
  for (const verdict of VERDICTS) VIEW.checks[verdict].sort(order);
  VIEW.records.sort((a, b) => STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status));
  VIEW.shown = VERDICTS.reduce((sum, verdict) => sum + VIEW.checks[verdict].length, 0);
}

function sift(items, keys, query, facets) {
  const kept = [];
  for (const item of items) {
    if (item.p < STATE.least || (query && !haystack(item).includes(query))) continue;
    if (!keys.includes("file") && STATE.file !== "" && String(item.f) !== STATE.file) continue;
    const failed = keys.filter((key) => !passes(item, key));
    if (!failed.length) kept.push(item);
    if (failed.length > 1) continue;
    for (const key of failed.length ? failed : keys) {
      const choice = key === "file" ? String(item.f) : item[key];
      facets[key].set(choice, (facets[key].get(choice) || 0) + 1);
    }
  }
  return kept;
}

function passes(item, key) {
  if (key === "file") return STATE.file === "" || String(item.f) === STATE.file;
  return !STATE[key].size || STATE[key].has(item[key]);
}

function filtered() {
  return Boolean(STATE.file !== "" || STATE.least || STATE.q || Object.keys(SETS).some((key) => STATE[key].size));
}

function resetFilters() {
  for (const key of Object.keys(SETS)) STATE[key] = new Set();
  Object.assign(STATE, { file: "", least: 0, q: "" });
}
