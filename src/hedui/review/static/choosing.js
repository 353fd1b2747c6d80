"use strict";
// What is chosen in the text, by mouse or by a caret that keys move: where it starts and ends, in characters of the document. The text itself
// can never be typed into.
let chosen = null, choosing = false;

const pieces = () => all("#text [data-s]");
const startOf = (piece) => +piece.dataset.s;
const endOf = (piece) => startOf(piece) + points(piece.textContent);
const holds = (found, at) => found[before(found.map(startOf), at)];

// a place of the page -> a place of the text; outside of all pieces the next one, or the end of the last one
const placeOf = (node, at, isEnd) => {
  const holder = (node.nodeType === 3 ? node.parentElement : node).closest("[data-s]");
  if (holder) {
    const range = document.createRange();
    range.selectNodeContents(holder); range.setEnd(node, at);
    return startOf(holder) + points(range.toString());
  }
  const here = document.createRange();
  here.setStart(node, at);
  const after = pieces().findIndex((piece) => here.comparePoint(piece, 0) >= 0), found = pieces();
  if (isEnd) return after > 0 ? endOf(found[after - 1]) : after < 0 && found.length ? endOf(found.at(-1)) : null;
  return after >= 0 ? startOf(found[after]) : null;
};
// characters [start, end) of the document -> a range of the page
const pointAt = (at, isEnd) => {
  const found = pieces(), piece = holds(found, isEnd ? at - 1 : at);
  if (!piece?.firstChild) return null;
  const text = piece.firstChild.data, inside = Math.min(Math.max(at - startOf(piece), 0), points(text));
  return [piece.firstChild, Array.from(text).slice(0, inside).join("").length];
};
const rangeOf = (start, end) => {
  const from = pointAt(start, false), to = pointAt(end, true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from); range.setEnd(...to);
  return range;
};

const showChosen = () => {
  const range = chosen && rangeOf(...chosen), bar = one("#adding");
  globalThis.CSS?.highlights?.delete("chosen");
  if (range && globalThis.Highlight) CSS.highlights.set("chosen", new Highlight(range));
  if (!bar) return;
  bar.hidden = !range;
  if (!range) { all(".menu", bar).forEach((menu) => { menu.hidden = true; }); return; }
  all("[name=start]", bar).forEach((field) => { field.value = chosen[0]; });
  all("[name=end]", bar).forEach((field) => { field.value = chosen[1]; });
  const text = range.toString(), told = Array.from(text);
  one("#chosen").textContent = told.length > 60 ? `${told.slice(0, 40).join("")} … ${told.slice(-16).join("")}` : text;
};
const letGo = () => { chosen = null; getSelection().removeAllRanges(); showChosen(); };

// the selection of the page is what is chosen, as long as it lies in the text; a click beside it lets go, a field that is typed in does not
const selected = () => {
  const text = one("#text"), selection = getSelection();
  caret();
  if (!text || !selection.rangeCount || !text.contains(selection.anchorNode)) return;
  if (selection.isCollapsed) { if (chosen) { chosen = null; showChosen(); } return; }
  const range = selection.getRangeAt(0);
  const start = placeOf(range.startContainer, range.startOffset, false);
  const end = text.contains(range.endContainer) ? placeOf(range.endContainer, range.endOffset, true) : endOf(pieces().at(-1));
  chosen = start !== null && end !== null && start < end ? [start, end] : null;
  showChosen();
};

// ---- the caret: drawn, not typed at, so that no key and no input method can change the text
const caret = () => {
  const text = one("#text"), selection = getSelection();
  let mark = one("#caret");
  if (!choosing || !text || !selection.rangeCount || !text.contains(selection.focusNode)) { mark?.remove(); return; }
  const spot = document.createRange();
  spot.setStart(selection.focusNode, selection.focusOffset); spot.collapse(true);
  let box = spot.getClientRects()[0];
  if (!box) { const holder = selection.focusNode.nodeType === 3 ? selection.focusNode.parentElement : selection.focusNode; box = holder.getBoundingClientRect(); }
  if (!mark) { mark = document.createElement("i"); mark.id = "caret"; mark.setAttribute("aria-hidden", "true"); one(".sheet").append(mark); }
  const sheet = one(".sheet"), frame = sheet.getBoundingClientRect();
  mark.style.left = `${box.left - frame.left + sheet.scrollLeft}px`; mark.style.top = `${box.top - frame.top + sheet.scrollTop}px`;
  mark.style.height = `${box.height || 22}px`;
  if (box.top < frame.top + 40 || box.bottom > frame.bottom - 40) sheet.scrollBy(0, box.top - frame.top - frame.height / 2);
};
const startChoosing = () => {
  const text = one("#text");
  if (!text || text.hidden) return;
  choosing = !choosing;
  document.body.classList.toggle("choosing", choosing);
  const selection = getSelection();
  if (choosing && !(selection.rangeCount && text.contains(selection.focusNode))) {
    const frame = one(".sheet").getBoundingClientRect();
    const near = one("#text .now") ?? one("#text .stated") ?? one("#text .field") ?? one("#text .lit") ?? pieces().find((piece) => piece.getBoundingClientRect().top > frame.top);
    if (near?.firstChild) selection.collapse(near.firstChild, 0);
  }
  caret();
};
const stopChoosing = () => { choosing = false; document.body.classList.remove("choosing"); caret(); };
const STEPS = { ArrowLeft: ["backward", "character"], ArrowRight: ["forward", "character"], ArrowUp: ["backward", "line"], ArrowDown: ["forward", "line"],
  Home: ["backward", "lineboundary"], End: ["forward", "lineboundary"] };
const moveCaret = (event) => {
  const step = choosing && STEPS[event.key];
  if (!step) return false;
  const selection = getSelection(), by = event.ctrlKey && step[1] === "character" ? "word" : event.ctrlKey && step[1] === "lineboundary" ? "documentboundary" : step[1];
  const was = [selection.anchorNode, selection.anchorOffset, selection.focusNode, selection.focusOffset];
  selection.modify(event.shiftKey ? "extend" : "move", step[0], by);
  if (!one("#text").contains(selection.focusNode)) selection.setBaseAndExtent(...was);
  caret();
  return true;
};

// ---- one character more or less at either end; between cells and paragraphs there are characters that nothing shows: they are passed over
const shown = (found, at) => { const piece = holds(found, at); return Boolean(piece) && startOf(piece) <= at && at < endOf(piece); };
const NUDGES = {
  "[": (found, [start, end]) => { let at = start - 1; const least = startOf(found[0]); while (at > least && !shown(found, at)) at--; return [Math.max(at, least), end]; },
  "{": (found, [start, end]) => { let at = start + 1; while (at < end && !shown(found, at)) at++; return [at, end]; },
  "}": (found, [start, end]) => { let at = end - 1; while (at > start && !shown(found, at - 1)) at--; return [start, at]; },
  "]": (found, [start, end]) => { let at = end; const last = endOf(found.at(-1)); while (at < last && !shown(found, at)) at++; return [start, Math.min(at + 1, last)]; },
};
const nudge = (key) => {
  const found = pieces(), own = one("#side")?.dataset.span?.split(",").map(Number), from = chosen ?? own;
  if (!from || !found.length) return;
  const [start, end] = NUDGES[key](found, from), range = start < end && rangeOf(start, end);
  if (!range) return;
  getSelection().setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
  chosen = [start, end]; showChosen();
  (range.startContainer.parentElement).scrollIntoView({ block: "nearest" });
};
document.addEventListener("selectionchange", selected);
// who clicks on what is done with the chosen text keeps it chosen
document.addEventListener("mousedown", (event) => { if (event.target.closest("#adding button, [data-nudge], [data-menu]")) event.preventDefault(); });
