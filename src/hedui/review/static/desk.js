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
// the same on the pages: boxes of mentions within what is lit
const lightPages = () => {
  const side = one("#side"), boxes = all("#pages rect");
  if (!side || !boxes.length) return;
  boxes.forEach((box) => box.removeAttribute("class"));
  let first = null;
  for (const [start, end, role] of JSON.parse(side.dataset.light || "[]"))
    for (const box of boxes)
      if (+box.dataset.at < end && +box.dataset.to > start) {
        box.setAttribute("class", `lit ${role.split(" ")[0]}`);
        if (role !== "claim" && (!first || role === "stated")) first = box;
      }
  if (!one("#pages").hidden) (first || one("#pages .lit"))?.scrollIntoView({ block: "center" });
};
const turn = async () => {
  const pages = one("#pages"), text = one("#text"), button = one("#turn");
  if (!pages.childElementCount) await htmx.ajax("GET", `${one("#desk").dataset.base}/pages`, { target: "#pages", swap: "innerHTML" });
  if (!pages.childElementCount) return;
  text.hidden = !text.hidden; pages.hidden = !text.hidden;
  button.setAttribute("aria-pressed", String(!pages.hidden)); sessionStorage.setItem("pages", pages.hidden ? "" : "1");
  if (pages.hidden) light(); else lightPages();
};
const before = (starts, at) => {
  let low = 0, high = starts.length;
  while (low < high) { const middle = (low + high) >> 1; if (starts[middle] <= at) low = middle + 1; else high = middle; }
  return Math.max(low - 1, 0);
};
const go = (start, end) => {
  const box = one("#pages")?.hidden === false && all("#pages rect").find((each) => +each.dataset.at < end && +each.dataset.to > start);
  if (box) { all("#pages .now").forEach((each) => each.classList.remove("now")); box.classList.add("lit", "now"); box.scrollIntoView({ block: "center" }); return; }
  const pieces = all("#text [data-s]"), starts = pieces.map((piece) => +piece.dataset.s);
  all("#text .now").forEach((piece) => piece.classList.remove("now"));
  for (let at = before(starts, start); at < pieces.length && starts[at] < end; at++)
    if (starts[at] + points(pieces[at].textContent) > start) pieces[at].classList.add("lit", "now");
  one("#text .now")?.scrollIntoView({ block: "center" });
};

// ---- the server: every act has a name of its own, so that asking again after a lost answer does nothing twice
let asking = 0, trying = 0;
const busy = () => asking > 0 || trying > 0;
const name = () => Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb === "post") detail.parameters.set("group", (detail.elt.dataset.group ||= name()));
});
document.addEventListener("htmx:beforeSend", ({ detail }) => {
  asking++;
  if (detail.elt.contains(document.activeElement) && typing(document.activeElement)) document.activeElement.blur();
});
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  asking = Math.max(asking - 1, 0);
  if (detail.successful || (detail.xhr.status >= 400 && detail.xhr.status < 500)) delete detail.elt.dataset.group;
  if (detail.xhr.status >= 400 && detail.xhr.status < 500) { hit.length = 0; one("[data-was]", detail.elt)?.focus(); }
  replay();
});
const again = ({ detail }) => {
  const form = detail.elt, said = one("#said");
  if (!form.matches?.("form[hx-post]")) return;
  if (said) said.innerHTML = '<p class="bad" role="alert"><span lang="zh">服务器没有回应，改动还在这里，正在重试</span> <span lang="en">the server does not answer; nothing is lost, trying again</span> …</p>';
  trying++;
  setTimeout(() => { trying--; if (form.isConnected) form.requestSubmit(); else replay(); }, 1500);
};
document.addEventListener("htmx:sendError", again);
document.addEventListener("htmx:responseError", (event) => { if (event.detail.xhr.status >= 500) again(event); });
document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target?.id === "pages") return;
  if (detail.target?.id === "offer") { offered(); return; }
  stopPicking(); restored(); showChosen(); light(); lightPages();
});

// ---- what is typed and not saved yet stays over a reload, another answer and a server that is gone
const draftOf = (field) => `draft ${one("#desk")?.dataset.base} ${one("#side")?.dataset.target} ${field.id || field.name}`;
const drafted = (field) => {
  if (field.dataset?.was === undefined) return;
  const other = field.value !== field.dataset.was, save = one(".save", field.form);
  if (save) save.hidden = !other;
  if (other) sessionStorage.setItem(draftOf(field), field.value); else sessionStorage.removeItem(draftOf(field));
};
const restored = () => all("#side [data-was]").forEach((field) => {
  const kept = sessionStorage.getItem(draftOf(field));
  if (kept !== null) { field.value = kept; drafted(field); }
});
document.addEventListener("input", (event) => drafted(event.target));
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const form = detail.requestConfig.elt;
  if (detail.xhr.status < 300 && form.closest?.("#adding, .new-claim") && detail.target?.id !== "offer") { stopChoosing(); letGo(); }
  if (detail.xhr.status < 300 && form.matches?.("form")) all("[data-was]", form).forEach((field) => sessionStorage.removeItem(draftOf(field)));
});

// ---- clicks
const open = (mention) => {
  const desk = one("#desk");
  htmx.ajax("GET", `${desk.dataset.base}/item/${encodeURIComponent(mention)}?${desk.dataset.query}`, { target: "#side", swap: "outerHTML" });
};
document.addEventListener("click", (event) => {
  const place = event.target.closest("[data-go]");
  if (place) { go(+place.dataset.go, +place.dataset.end); return; }
  const mention = event.target.closest("#text [data-m], #pages [data-m]");
  if (mention && one("#desk") && getSelection().isCollapsed) open(mention.dataset.m);
  if (event.target.closest("#turn")) turn();
});
document.addEventListener("change", (event) => { if (event.target.name === "language") event.target.form.requestSubmit(); });
document.addEventListener("DOMContentLoaded", () => { restored(); light(); if (one("#turn") && sessionStorage.getItem("pages")) turn(); });
