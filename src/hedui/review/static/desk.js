"use strict";
// Keys, lights and selections of the desk; everything else is asked of the server, whose answers htmx puts in.
document.documentElement.classList.add("js");
const one = (query, within = document) => within.querySelector(query);
const all = (query, within = document) => [...within.querySelectorAll(query)];
const points = (text) => Array.from(text).length;

// ---- lights: what the right side speaks of, in the text on the left
const light = () => {
  const side = one("#side"), text = one("#text");
  if (!side || !text) return;
  all(".lit", text).forEach((piece) => piece.classList.remove("lit", "claim", "field", "operand", "stated", "now"));
  const pieces = all("[data-s]", text), starts = pieces.map((piece) => +piece.dataset.s);
  let first = null;
  for (const [start, end, role] of JSON.parse(side.dataset.light || "[]")) {
    for (let at = before(starts, start); at < pieces.length && starts[at] < end; at++) {
      if (starts[at] + points(pieces[at].textContent) <= start) continue;
      pieces[at].classList.add("lit", ...role.split(" ").slice(0, 1));
      if (role !== "claim" && (!first || role === "stated")) first = pieces[at];
    }
  }
  (first || one(".lit", text))?.scrollIntoView({ block: "center" });
};
const before = (starts, at) => {
  let low = 0, high = starts.length;
  while (low < high) { const middle = (low + high) >> 1; if (starts[middle] <= at) low = middle + 1; else high = middle; }
  return Math.max(low - 1, 0);
};
const go = (start, end) => {
  const pieces = all("#text [data-s]"), starts = pieces.map((piece) => +piece.dataset.s);
  all("#text .now").forEach((piece) => piece.classList.remove("now"));
  for (let at = before(starts, start); at < pieces.length && starts[at] < end; at++)
    if (starts[at] + points(pieces[at].textContent) > start) pieces[at].classList.add("lit", "now");
  one("#text .now")?.scrollIntoView({ block: "center" });
};

// ---- selections in the text: where they start and end, in characters of the document
const offset = (node, at) => {
  const holder = (node.nodeType === 3 ? node.parentElement : node).closest("[data-s]");
  return holder ? +holder.dataset.s + points(node.nodeType === 3 ? node.data.slice(0, at) : "") : null;
};
const selected = () => {
  const chosen = getSelection(), form = one("#adding");
  if (!form) return;
  const range = chosen.rangeCount && !chosen.isCollapsed ? chosen.getRangeAt(0) : null;
  if (!range || !one("#text")?.contains(range.commonAncestorContainer)) { if (!form.contains(document.activeElement)) form.hidden = true; return; }
  const start = offset(range.startContainer, range.startOffset), end = offset(range.endContainer, range.endOffset);
  form.hidden = start === null || end === null || end <= start;
  if (form.hidden) return;
  form.elements.start.value = start; form.elements.end.value = end;
  one("#chosen").textContent = chosen.toString().slice(0, 80);
};

// ---- keys
const typing = (node) => node && (node.matches("input:not([type=hidden]), textarea, select") || node.isContentEditable);
const press = (key) => {
  const found = all(`[data-key="${CSS.escape(key)}"]`).find((node) => !node.disabled && node.closest("[hidden]") === null);
  if (!found) return false;
  if (found.matches("input, select")) { found.focus(); found.select?.(); } else found.click();
  return true;
};
const help = () => {
  const box = one("#help");
  if (!box) return;
  const list = one("dl", box), told = new Map();
  all("[data-key]").forEach((node) => { if (node.dataset.help) told.set(node.dataset.key, node.dataset.help); });
  told.set("1 … 9", "改第几栏，回车保存 edit a field, Enter saves"); told.set("n", "批注 note"); told.set("Esc", "放下 let go"); told.set("g", "回待办 back to the queue");
  list.replaceChildren(...[...told].flatMap(([key, what]) => {
    const dt = document.createElement("dt"), dd = document.createElement("dd"), cap = document.createElement("kbd");
    cap.textContent = key; dt.append(cap); dd.textContent = what; return [dt, dd];
  }));
  box.showModal();
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const at = document.activeElement;
  if (typing(at)) {
    if (event.key === "Escape") { if (at.dataset.was !== undefined) at.value = at.dataset.was; at.blur(); event.preventDefault(); }
    return;
  }
  if (one("dialog[open]")) return;
  const key = event.key === "ArrowDown" && !at?.closest("#text") ? "j" : event.key === "ArrowUp" && !at?.closest("#text") ? "k" : event.key;
  if (key === "?") { help(); event.preventDefault(); return; }
  if (key === "g") { location.href = "/queue?" + (one("#desk")?.dataset.query ?? "").replace(/(^|&)task=[^&]*/, ""); return; }
  if ((key === "Enter" || key === " ") && at?.matches("a, button, summary, [tabindex]") && at !== document.body && at.id !== "main") return;
  if (press(key)) event.preventDefault();
});

// ---- the server: every act has a name of its own, so that asking again after a lost answer does nothing twice
const name = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "post") detail.parameters.set("group", (detail.elt.dataset.group ||= name()));
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  if (detail.successful || (detail.xhr.status >= 400 && detail.xhr.status < 500)) delete detail.elt.dataset.group;
});
const again = ({ detail }) => {
  const form = detail.elt, said = one("#said");
  if (!form.matches?.("form[hx-post]")) return;
  if (said) said.innerHTML = '<p class="bad" role="alert">服务器没有回应，改动还在这里，正在重试 the server does not answer; nothing is lost, trying again …</p>';
  setTimeout(() => { if (form.isConnected) form.requestSubmit(); }, 1500);
};
document.addEventListener("htmx:sendError", again);
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) again(event); });
document.addEventListener("htmx:afterSettle", light);

// ---- clicks
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-go]");
  if (place) { go(+place.dataset.go, +place.dataset.end); return; }
  const mention = event.target.closest("#text [data-m]"), desk = one("#desk");
  if (mention && desk && getSelection().isCollapsed)
    htmx.ajax("GET", `${desk.dataset.base}/item/${encodeURIComponent(mention.dataset.m)}?${desk.dataset.query}`, { target: "#side", swap: "outerHTML" });
  if (event.target.closest("#ask")) help();
});
document.addEventListener("selectionchange", selected);
document.addEventListener("change", (event) => { if (event.target.name === "language") event.target.form.requestSubmit(); });
document.addEventListener("DOMContentLoaded", light);
