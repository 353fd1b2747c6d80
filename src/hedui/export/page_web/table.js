"use strict";
// Draws a table of a report, whole or some rows of it; what is left out between them is said in a row of its own.

const DENSE = new WeakMap();

// Which cell stands at each row and column, merged cells at all their positions.
function denseOf(block) {
  if (!DENSE.has(block)) {
    const grid = block[3].map(() => []);
    block[3].forEach((row, i) => {
      let col = 0;
      for (const cell of row) {
        while (grid[i][col]) col += 1;
        for (let a = 0; a < (cell[3] || 1) && i + a < grid.length; a++) {
          for (let b = 0; b < (cell[2] || 1); b++) grid[i + a][col + b] = cell;
        }
        col += cell[2] || 1;
      }
    });
    DENSE.set(block, grid);
  }
  return DENSE.get(block);
}

// `rows` are the wanted ones in any order, header rows are always shown; without it the whole table is drawn. A `slice`
// of a long table that goes on above and below says nothing of the rows left out.
function drawTable(file, block, marks, rows, slice) {
  const grid = denseOf(block);
  const heads = Math.min(block[2], grid.length);
  const within = marksWithin(marks, block[0], block[1]);
  const wanted = rows ? new Set(rows.filter((row) => row >= 0 && row < grid.length)) : null;
  if (wanted) for (let i = 0; i < heads; i++) wanted.add(i);
  const order = wanted ? [...wanted].sort((a, b) => a - b) : grid.map((_, i) => i);
  const width = grid.reduce((most, row) => Math.max(most, row.length), 1);
  const body = el("tbody");
  const drawn = new Set();
  let last = -1;
  for (const [from, to] of runs(order)) {
    if (from > last + 1 && !slice) body.append(gap(from - last - 1, width));
    for (let i = from; i <= to; i++) body.append(drawRow(file, grid, i, { from, to, drawn, isHead: i < heads }, within));
    last = to;
  }
  if (rows && !slice && last + 1 < grid.length) body.append(gap(grid.length - last - 1, width));
  const name = `${t("tableName")} ${file.text.slice(block[0], block[1]).trim().slice(0, 24)}`;
  return el("div.tablebox", { tabindex: "0", role: "group", "aria-label": name }, el("table", { "data-s": block[0] }, body));
}

function runs(order) {
  const found = [];
  for (const row of order) {
    const last = found[found.length - 1];
    if (last && row === last[1] + 1) last[1] = row;
    else found.push([row, row]);
  }
  return found;
}

function gap(hidden, width) {
  return el("tr.gap", {}, el("td", { colspan: width }, t("rowsHidden", { n: hidden })));
}

// A row of a run of rows; a cell that reaches over several of them is drawn in the first and cut at the run's end. Where
// it goes on behind rows left out it is said again, dimmed and without marks.
function drawRow(file, grid, i, { from, to, drawn, isHead }, marks) {
  const line = el("tr");
  const row = grid[i];
  for (let col = 0; col < row.length; ) {
    const cell = row[col];
    let cols = 1;
    while (cell && row[col + cols] === cell) cols += 1;
    if (cell && !(i > from && grid[i - 1][col] === cell)) {
      let down = 1;
      while (i + down <= to && grid[i + down][col] === cell) down += 1;
      const node = drawCell(file, cell, isHead, cols, down, drawn.has(cell) ? [] : marks);
      if (drawn.has(cell)) node.classList.add("again");
      drawn.add(cell);
      line.append(node);
    }
    col += cols;
  }
  return line;
}

function drawCell(file, [start, end], isHead, cols, down, marks) {
  const numeric = /^[\s\d.,，%％≥≤<>＜＞+-]*\d[\s\d.,，%％]*$/.test(file.text.slice(start, end));
  const node = el(isHead ? "th" : numeric ? "td.num" : "td", {
    colspan: cols > 1 ? cols : null, rowspan: down > 1 ? down : null, scope: isHead ? "col" : null, "data-s": start });
  const within = marksWithin(marks, start, end);
  if (within.some((mark) => mark.rank === 0)) node.classList.add("lit");
  fillText(node, file.text, start, end, within);
  return node;
}
