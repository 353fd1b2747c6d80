"use strict";
// Sorts the table by the head that is pressed, hides rows below a confidence, opens the text where a link leads.

const NUMBERS = new Set(["rank", "stated", "yuan", "confidence", "difference"]);
const DOWN = new Set(["yuan", "confidence", "difference"]);

function keyOf(row, key) {
  const said = row.dataset[key];
  if (!NUMBERS.has(key)) return said;
  return said === "" ? null : parseFloat(said);
}

function compare(a, b, down) {
  if (a === null || b === null) return (a === null) - (b === null);
  const order = typeof a === "number" ? a - b : a < b ? -1 : a > b ? 1 : 0;
  return down ? -order : order;
}

function sort(sheet, head, key) {
  const was = head.getAttribute("aria-sort");
  const down = was === "none" ? DOWN.has(key) : was === "ascending";
  for (const other of sheet.querySelectorAll("th[aria-sort]")) other.setAttribute("aria-sort", "none");
  head.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = sheet.querySelector(".items tbody");
  const rows = [...body.rows].sort((a, b) => compare(keyOf(a, key), keyOf(b, key), down) || a.dataset.rank - b.dataset.rank);
  body.append(...rows);
  const all = sheet.querySelector(".all");
  if (all) all.checked = true;
}

function filter(sheet, least) {
  const rows = [...sheet.querySelectorAll(".items tbody tr")];
  for (const row of rows) row.hidden = row.dataset.confidence !== "" && parseFloat(row.dataset.confidence) * 100 < least;
  const shown = rows.filter((row) => !row.hidden).length;
  sheet.querySelector(".controls output").textContent = `${least}%`;
  sheet.querySelector(".kept").textContent = shown === rows.length ? "" : `显示 ${shown} 条，共 ${rows.length} 条 · ${shown} of ${rows.length}`;
}

function open() {
  const at = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (!at) return;
  const folded = at.closest("details");
  if (folded) folded.open = true;
  at.scrollIntoView();
}

for (const sheet of document.querySelectorAll(".opinion")) {
  for (const button of sheet.querySelectorAll("th button")) button.addEventListener("click", () => sort(sheet, button.closest("th"), button.dataset.key));
  const least = sheet.querySelector(".least");
  if (least) least.addEventListener("input", () => filter(sheet, Number(least.value)));
}
addEventListener("hashchange", open);
open();
