// Pictures without a mouse: arrows walk over the marks of a picture, and what a mark says shows beside it at once. All links work without this.
"use strict";
{
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);

  const titles = new WeakMap();
  const said = (mark) => {
    // the browser's own tip would come late and stand over ours
    const title = mark.querySelector("title");
    if (title) { titles.set(mark, title.textContent); title.remove(); }
    return titles.get(mark) || "";
  };
  const show = (mark) => {
    const box = mark.getBoundingClientRect();
    tip.textContent = said(mark);
    tip.hidden = !tip.textContent;
    const wide = tip.offsetWidth, high = tip.offsetHeight;
    tip.style.left = `${Math.max(6, Math.min(box.left + box.width / 2 - wide / 2, innerWidth - wide - 6))}px`;
    tip.style.top = `${box.top > high + 12 ? box.top - high - 6 : Math.min(box.bottom + 6, innerHeight - high - 6)}px`;
  };
  const hide = () => { tip.hidden = true; };
  const of = (event) => event.target instanceof Element ? event.target.closest("svg .mark") : null;
  document.addEventListener("mouseover", (event) => { const mark = of(event); if (mark) show(mark); else hide(); });
  document.addEventListener("focusin", (event) => { const mark = of(event); if (mark) show(mark); else hide(); });
  document.addEventListener("scroll", hide, true);

  const ways = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  const place = (mark) => [Number(mark.dataset.row), Number(mark.dataset.column)];
  for (const svg of document.querySelectorAll(".research svg")) {
    const marks = [...svg.querySelectorAll("a.mark[data-row]")];
    if (marks.length < 2) continue;
    for (const mark of marks) mark.setAttribute("tabindex", mark === marks[0] ? "0" : "-1");
    svg.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { hide(); return; }
      const here = of(event), way = ways[event.key];
      if (!here || !way || !("row" in here.dataset) || event.altKey || event.ctrlKey || event.metaKey) return;
      const [row, column] = place(here);
      let best = null, least = Infinity;
      for (const mark of marks) {
        const [r, c] = place(mark), along = (r - row) * way[0] + (c - column) * way[1], beside = Math.abs((r - row) * way[1]) + Math.abs((c - column) * way[0]);
        if (along > 0 && along + beside * 8 < least) { best = mark; least = along + beside * 8; }
      }
      if (!best) return;
      event.preventDefault();
      here.setAttribute("tabindex", "-1");
      best.setAttribute("tabindex", "0");
      best.focus();
    });
  }

  // files that were opened without a server keep the language themselves
  const choice = document.querySelector("select[data-language]");
  if (choice) {
    let kept = null;
    try { kept = localStorage.getItem("hedui-language"); } catch { kept = null; }
    const set = (language) => { document.documentElement.dataset.language = language; };
    if (["both", "zh", "en"].includes(kept)) { choice.value = kept; set(kept); }
    choice.closest("[hidden]")?.removeAttribute("hidden");
    choice.addEventListener("change", () => {
      set(choice.value);
      try { localStorage.setItem("hedui-language", choice.value); } catch { /* not kept then */ }
    });
  }
}
