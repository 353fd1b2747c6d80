"use strict";
// A whole file as it reads, in chunks that are drawn when they come near, so that a megabyte opens at once.

const CHUNK_CHARS = 4000;
const CHUNK_ROWS = 80;

function chunksOf(file) {
  const chunks = [];
  let current = [];
  let chars = 0;
  const close = () => {
    if (current.length) chunks.push({ parts: current, chars, start: current[0].start });
    current = [];
    chars = 0;
  };
  for (const block of file.blocks) {
    const table = block[3];
    if (table && table.length > CHUNK_ROWS) {
      close();
      for (let from = 0; from < table.length; from += CHUNK_ROWS) {
        const rows = Array.from({ length: Math.min(CHUNK_ROWS, table.length - from) }, (_, i) => from + i);
        const cell = table.slice(from).find((row) => row.length);
        current.push({ block, rows, start: from && cell ? cell[0][0] : block[0] });
        chars += rows.length * 60;
        close();
      }
      continue;
    }
    current.push({ block, start: block[0] });
    chars += block[1] - block[0] + 30;
    if (chars >= CHUNK_CHARS) close();
  }
  close();
  return chunks;
}

// Draws file `f` into `home`; the answer jumps to an offset and lights what stands there.
function drawFullText(home, f, focus) {
  const file = DATA.files[f];
  const marks = sortMarks([...file.reports.flatMap(mentionMarks), ...checkMarks(f), ...focusMarks(focus)]);
  const chunks = chunksOf(file);
  const nodes = chunks.map((chunk) => {
    const node = el("div.chunk");
    node.style.minHeight = `${Math.round(chunk.chars / 30) * 26}px`;
    return node;
  });
  const fill = (i) => {
    const node = nodes[i];
    if (!node || node.dataset.full) return;
    node.dataset.full = "1";
    node.style.minHeight = "";
    node.append(...chunks[i].parts.map(({ block, rows }) => drawBlock(file, block, marks, rows, Boolean(rows))));
  };
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) fill(nodes.indexOf(entry.target));
  }, { rootMargin: "900px 0px" });
  nodes.forEach((node) => observer.observe(node));
  const text = el("div.paper", {}, nodes);
  home.append(text);
  fill(0);
  return (at, op) => {
    let i = 0;
    while (i + 1 < chunks.length && chunks[i + 1].start <= at) i += 1;
    [i - 1, i, i + 1].forEach(fill);
    const lit = op === undefined ? null : nodes[i].querySelector(`mark[data-op="${op}"]`);
    const target = lit || [...nodes[i].querySelectorAll("[data-s]")].filter((node) => Number(node.dataset.s) <= at).pop() || nodes[i];
    target.scrollIntoView({ block: lit ? "center" : "start" });
    if (lit) flash(text, op);
  };
}

// What is stated and does not agree leads back to its check.
function checkMarks(f) {
  return DATA.checks.filter((check) => check.f === f && check.verdict !== "consistent").map((check) => ({
    s: check.stated[0], e: check.stated[1], rank: 1,
    make: (first) => el(`a.back.v-${check.verdict}`, { href: `#${hashOf(check.id)}`, tabindex: first ? null : "-1", title: check.note || t(check.kind),
      onclick: (event) => {
        event.preventDefault();
        openCheck(check.id, 0);
      } }),
  }));
}

function outlineOf(file, jump) {
  const items = [];
  for (const [start, end, level, table, lead] of file.blocks) {
    if (!table && level) items.push({ start, level, text: file.text.slice(start, lead || end).trim() });
  }
  const titles = file.reports.length > 1 ? file.reports.map((report) => ({ start: report.s, level: 0, text: reportTitle(report) })) : [];
  const all = [...items, ...titles].sort((a, b) => a.start - b.start || a.level - b.level);
  if (!all.length) return null;
  const list = el("ol");
  const box = el("details.outline", {}, el("summary", {}, t("outline"), " ", el("span.n", {}, count(all.length))), list);
  inSteps(list, all, (item) => el(`li.l${item.level}`, {}, button("see", shorten(item.text, 40), () => {
    box.open = false;
    jump(item.start);
  })), 300);
  return box;
}

function flash(home, op) {
  for (const node of home.querySelectorAll(`mark[data-op="${op}"]`)) {
    node.classList.remove("flash");
    void node.offsetWidth;
    node.classList.add("flash");
  }
}
