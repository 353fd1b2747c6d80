"use strict";
(() => {
  const table = document.getElementById("checks");
  if (!table) return;
  const body = table.tBodies[0], rows = [...body.rows], first = new Map(rows.map((row, at) => [row, at]));
  const kind = document.getElementById("kind"), verdict = document.getElementById("verdict"), words = document.getElementById("words");
  const order = new Intl.Collator("zh-CN", { numeric: true });
  const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));

  function narrow() {
    const wanted = words.value.trim().toLowerCase().split(/\s+/);
    let shown = 0;
    for (const row of rows) {
      row.hidden = (kind.value && row.dataset.kind !== kind.value) || (verdict.value && row.dataset.verdict !== verdict.value)
        || !wanted.every(word => texts.get(row).includes(word));
      shown += !row.hidden;
    }
    document.getElementById("shown").textContent = `显示 ${shown} / ${rows.length}`;
  }

  function sort(head, column) {
    const down = head.getAttribute("aria-sort") === "ascending", numbers = "number" in head.dataset;
    for (const other of table.tHead.rows[0].cells) other.setAttribute("aria-sort", "none");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const key = row => { const cell = row.cells[column]; return cell.dataset.key ?? cell.innerText; };
    const keys = new Map(rows.map(row => [row, key(row)]));
    const compare = (a, b) => numbers || column === 0 ? keys.get(a) - keys.get(b) : order.compare(keys.get(a), keys.get(b));
    rows.sort((a, b) => (down ? -1 : 1) * compare(a, b) || first.get(a) - first.get(b));
    body.append(...rows);
  }

  [...table.tHead.rows[0].cells].forEach((head, column) => head.querySelector("button").addEventListener("click", () => sort(head, column)));
  for (const one of [kind, verdict]) one.addEventListener("change", narrow);
  words.addEventListener("input", narrow);
  document.getElementById("narrow").addEventListener("submit", event => event.preventDefault());
  narrow();
})();
