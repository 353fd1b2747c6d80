"use strict";
// Draws a stretch of a report as it stands: running text, headings, real tables; with marks for what was read and quoted.

// A mark is {s, e, rank, make}: make() gives the element to wrap the piece in. Marks may overlap; lower rank lies outside.
function fillText(node, text, start, end, marks) {
  const near = marks.filter((mark) => mark.s < end && mark.e > start).sort((a, b) => a.rank - b.rank || a.s - b.s || b.e - a.e);
  const cuts = [...new Set([start, end, ...near.flatMap((mark) => [Math.max(mark.s, start), Math.min(mark.e, end)])])].sort((a, b) => a - b);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const over = near.filter((mark) => mark.s <= cuts[i] && mark.e >= cuts[i + 1]);
    let home = node;
    for (const mark of over) {
      const wrap = mark.make(cuts[i] === Math.max(mark.s, start));
      home.append(wrap);
      home = wrap;
    }
    put(home, text.slice(cuts[i], cuts[i + 1]));
  }
}

function drawBlock(file, block, marks, rows, slice) {
  const [start, end, level, table, lead] = block;
  if (table) return drawTable(file, block, marks, rows, slice);
  const heading = level ? { "data-s": start, role: "heading", "aria-level": level + 2 } : { "data-s": start };
  const node = el(level && !lead ? `p.h.h${Math.min(level, 4)}` : "p", lead ? { "data-s": start } : heading);
  const leads = lead ? [{ s: start, e: lead, rank: 3, make: () => el("b.lead") }] : [];
  fillText(node, file.text, start, end, [...marksWithin(marks, start, end), ...leads]);
  return node;
}

// Marks are sorted by start and seldom long: look back a little from the first that starts inside.
function marksWithin(marks, start, end) {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (marks[middle].s < start) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let i = Math.max(0, low - 24); i < marks.length && marks[i].s < end; i++) if (marks[i].e > start) found.push(marks[i]);
  return found;
}

function sortMarks(marks) {
  return marks.sort((a, b) => a.s - b.s || b.e - a.e);
}

function mentionMarks(report) {
  return report.mentions.map(([s, e, label, means]) => ({
    s, e, rank: 2,
    make: () => el("span.m", { "data-l": label, title: `${t(DATA.labels[label])}${means ? ` · ${means}` : ""}` }),
  }));
}

// What is quoted of one check: the stated figure first, then the operands, each with its letter and colour.
function focusOf(check) {
  const stated = { s: check.stated[0], e: check.stated[1], tag: LANG === "en" ? "S" : "述", color: "s", quote: check.stated };
  return [stated, ...check.inputs.map((quote, i) => ({ s: quote[0], e: quote[1], tag: letter(i), color: String(i % 6), quote }))];
}

function focusMarks(focus) {
  return focus.map((one, i) => ({
    s: one.s, e: one.e, rank: 0,
    make: (first) => el("mark.q", { "data-c": one.color, "data-op": i, "data-tag": first ? one.tag : null }),
  }));
}

function blockAt(file, at) {
  let low = 0;
  let high = file.blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (file.blocks[middle][0] <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(0, low - 1);
}

// The row whose cell holds an offset; between cells, the last row that begins before it.
function rowAt(table, at) {
  const holds = table.findIndex((row) => row.some((cell) => cell[0] <= at && at < cell[1]));
  if (holds >= 0) return holds;
  let found = 0;
  table.forEach((row, i) => {
    if (row.some((cell) => cell[0] < cell[1] && cell[0] <= at)) found = i;
  });
  return found;
}

// The places that a focus needs shown: blocks close together make one place, a long table only the rows around.
function placesOf(file, focus) {
  const wanted = new Map();
  focus.forEach((one, i) => {
    const first = blockAt(file, one.s);
    const last = blockAt(file, Math.max(one.s, one.e - 1));
    for (let b = first; b <= last; b++) {
      const table = file.blocks[b] && file.blocks[b][3];
      const entry = wanted.get(b) || { block: b, rows: null, ops: [] };
      entry.ops.push(i);
      if (table) entry.rows = [...(entry.rows || []), rowAt(table, Math.max(one.s, file.blocks[b][0]))];
      wanted.set(b, entry);
    }
  });
  const places = [];
  for (const entry of [...wanted.values()].sort((a, b) => a.block - b.block)) {
    const last = places[places.length - 1];
    if (last && entry.block - last[last.length - 1].block <= 1) last.push(entry);
    else places.push([entry]);
  }
  return places;
}

// The headings over a block, outermost first.
function headingsOver(file, at) {
  const path = [];
  let level = 9;
  for (let b = at - 1; b >= 0 && level > 1; b--) {
    const [start, end, depth, table, lead] = file.blocks[b];
    if (table || !depth || depth >= level) continue;
    path.unshift(file.text.slice(start, lead || end).trim());
    level = depth;
  }
  return path;
}

// The title of the report that an offset lies in, where the file holds several.
function reportAt(file, at) {
  return file.reports.filter((report) => report.s <= at && at < report.e).map((report) => shorten(reportTitle(report), 30));
}

function drawPlaces(file, focus, jump) {
  const marks = sortMarks(focusMarks(focus));
  return placesOf(file, focus).map((place) => {
    const first = file.blocks[place[0].block];
    const path = first ? headingsOver(file, place[0].block) : [];
    if (first && file.reports.length > 1) path.unshift(...reportAt(file, first[0]));
    const box = el("section.place", {}, el("header", {}, el("span.path", {}, path.join(" › ") || t("place")),
      jump && first ? button("see", t("inFull"), () => jump(focus[place[0].ops[0]].s)) : null));
    box.append(...neighbour(file, place[0].block - 1, true));
    for (const entry of place) {
      const block = file.blocks[entry.block];
      if (!block) continue;
      const rows = entry.rows && entry.rows.flatMap((row) => [row - 1, row, row + 1]);
      box.append(drawBlock(file, block, marks, rows));
    }
    box.append(...neighbour(file, place[place.length - 1].block + 1, false));
    return box;
  });
}

// The running text just before or after a place, cut short: it gives the place its context.
function neighbour(file, at, before) {
  const [start, end, level, table] = file.blocks[at] || [0, 0];
  if (start === end || table || level) return [];
  const text = file.text.slice(start, end);
  const short = text.length <= 90 ? text : before ? `…${text.slice(-88)}` : `${text.slice(0, 88)}…`;
  return [el("p.near", {}, short)];
}
