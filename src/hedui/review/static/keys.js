"use strict";
// Keys: everything that can be clicked says its key itself (data-key); numbers beside what can be picked; menus of one key.
let picking = null;

// ---- picking: a code beside each thing, typed to choose it; letters in menus, numbers elsewhere
const visible = (node) => { const box = node.getBoundingClientRect(); return box.width > 0 && box.bottom > 0 && box.top < innerHeight; };
const pick = (codes, { shut = () => {}, stay = false } = {}) => { stopPicking(); picking = { codes, typed: "", shut, stay }; };
const stopPicking = () => {
  const was = picking;
  picking = null;
  all("[data-hint]").forEach((node) => delete node.dataset.hint);
  was?.shut();
};
const number = (nodes, act, options) => {
  const wide = nodes.length > 9, most = wide ? 90 : 9, codes = new Map();
  nodes.slice(0, most).forEach((node, n) => { const code = String(wide ? n + 10 : n + 1); codes.set(code, () => act(node)); });
  pick(codes, options);
  nodes.slice(0, most).forEach((node, n) => { node.dataset.hint = String(wide ? n + 10 : n + 1); });
};
const typed = (key) => {
  if (key === "Escape") { stopPicking(); return true; }
  if (key === "Backspace") { picking.typed = picking.typed.slice(0, -1); return true; }
  if (key.length !== 1) return false;
  const code = picking.typed + key, { codes, stay } = picking;
  if (codes.has(code)) { if (stay) picking.typed = ""; else stopPicking(); codes.get(code)(); return true; }
  picking.typed = [...codes.keys()].some((each) => each.startsWith(code)) ? code : "";
  return true;
};
const openMenu = (button) => {
  const menu = document.getElementById(button.dataset.menu);
  if (!menu) return;
  menu.hidden = !menu.hidden;
  if (menu.hidden) { stopPicking(); return; }
  pick(new Map(all("[data-pick]", menu).map((choice) => [choice.dataset.pick, () => choice.click()])), { shut: () => { menu.hidden = true; } });
  menu.scrollIntoView({ block: "nearest" });
};
// what the side and the text lead to, each with a number
const follow = () => {
  const mentions = new Map(all("#text:not([hidden]) [data-m]").filter(visible).map((node) => [node.dataset.m, node]));
  const links = all("#side a[href]:not([data-key]), #side .place, #side .at, #side summary").filter(visible);
  number([...links, ...mentions.values()], (node) => { if (node.dataset.m) open(node.dataset.m); else node.click(); });
};
const offered = () => {
  const box = one("#offer"), first = one("[autofocus]", box), choices = all("[data-hints]", box);
  box.scrollIntoView({ block: "nearest" });
  if (first) { first.focus(); first.select?.(); return; }
  if (!choices.length) return;
  const marks = one("[data-what=record]", box) !== null;
  number(choices, (node) => node.click(), { stay: marks });
  if (!marks) return;
  picking.enter = () => { stopPicking(); one("form.claims-of", box)?.requestSubmit(); };
};
const shut = () => { const box = one("#offer"); if (!box?.childElementCount) return false; stopPicking(); box.replaceChildren(); return true; };

// ---- keys
const typing = (node) => node && (node.matches("input:not([type=hidden], [type=checkbox]), textarea, select") || node.isContentEditable);
const usable = (node) => !node.disabled && node.closest("[hidden]") === null && !(node.closest(".past") && node.closest("form[hx-post], [hx-get*='/offer/'], .menu, [data-menu]"));
const press = (key) => {
  const found = all(`[data-key="${CSS.escape(key)}"]`).find(usable);
  if (!found) return false;
  if (found.matches("input, select")) { found.focus(); found.select?.(); } else found.click();
  return true;
};
const OWN = [["1 … 9", "改第几栏，回车保存 edit a field, Enter saves"], ["v", "用方向键选字，Shift 选中 choose text by arrows and Shift"],
  ["f", "跟着编号走 follow a number"], ["g", "回待办 back to the queue"], ["Esc", "放下 let go"]];
const help = () => {
  const box = one("#help");
  if (!box) return;
  const told = new Map();
  all("[data-key]").forEach((node) => { if (node.dataset.help) told.set(node.dataset.key, node.dataset.help); });
  for (const [key, what] of [["n", "批注 note"], ...OWN]) told.set(key, what);
  one("dl", box).replaceChildren(...[...told].flatMap(([key, what]) => {
    const dt = document.createElement("dt"), dd = document.createElement("dd"), cap = document.createElement("kbd");
    cap.textContent = key; dt.append(cap); dd.textContent = what; return [dt, dd];
  }));
  box.showModal();
};
const escaped = () => {
  if (picking) { stopPicking(); return true; }
  if (shut()) return true;
  if (choosing) { stopChoosing(); return true; }
  if (chosen) { letGo(); return true; }
  return false;
};
const handled = (key) => {
  if (key === "?") { help(); return true; }
  if (key === "v" && one("#text")) { startChoosing(); return true; }
  if (key === "f" && one("#desk")) { follow(); return true; }
  if (key === "g") { location.href = "/queue?" + (one("#desk")?.dataset.query ?? "").replace(/(^|&)task=[^&]*/, ""); return true; }
  return press(key);
};
document.addEventListener("keydown", (event) => {
  if (event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
  const at = document.activeElement;
  if (typing(at)) {
    if (event.key === "Escape") { if (at.dataset.was !== undefined) { at.value = at.dataset.was; drafted(at); } at.blur(); if (at.closest("#offer")) shut(); event.preventDefault(); }
    if (event.key === "Enter" && at.matches("select") && at.closest("form[hx-post]")) { at.form.requestSubmit(); event.preventDefault(); }
    return;
  }
  if (!event.ctrlKey && late(event.key)) { event.preventDefault(); return; }
  if (picking && !event.ctrlKey) {
    if (event.key === "Enter" && picking.enter) { picking.enter(); event.preventDefault(); return; }
    if (typed(event.key)) { event.preventDefault(); return; }
  }
  if (moveCaret(event)) { event.preventDefault(); return; }
  if (event.ctrlKey) return;
  if (event.key === "Escape") { if (escaped()) event.preventDefault(); return; }
  const within = at?.closest("#text, #pages, .wide");
  const key = event.key === "ArrowDown" && !within ? "j" : event.key === "ArrowUp" && !within ? "k" : event.key;
  if ((key === "Enter" || key === " ") && at?.matches("a, button, summary, input, [tabindex]") && at !== document.body && at.id !== "main") return;
  if (handled(key)) event.preventDefault();
});

// ---- keys that are hit while the server has not answered wait for it; what goes into a field is put there
const hit = [];
const late = (key) => { if (!busy() || !(key.length === 1 || key === "Enter")) return false; hit.push(key); return true; };
const replay = () => {
  while (hit.length && !busy()) {
    const key = hit.shift(), at = document.activeElement;
    if (!typing(at)) { if (picking) { if (key === "Enter") picking.enter?.(); else typed(key); } else handled(key); }
    else if (key === "Enter") at.form?.requestSubmit();
    else if (at.setRangeText) { at.setRangeText(key, at.selectionStart, at.selectionEnd, "end"); at.dispatchEvent(new Event("input", { bubbles: true })); }
  }
};

document.addEventListener("click", (event) => {
  const menu = event.target.closest("[data-menu]"), way = event.target.closest("[data-nudge]");
  if (menu) openMenu(menu);
  if (way) nudge(way.dataset.nudge);
  if (event.target.closest("#ask")) help();
  if (event.target.closest("#shut")) shut();
});
