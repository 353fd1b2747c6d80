"use strict";
// The lists of checks as cards, in steps, so that twenty thousand of them cost no more than the first fifty.

const STEP = 40;
const FAR = 400;
const OPENED = { conflict: true, rounding: true, consistent: false, records: true, texts: false };

// Fills `home` with the first `step` items and a button for the next; `grow(n)` shows at least n of them.
function inSteps(home, items, draw, step = STEP) {
  let shown = 0;
  const more = button("more", "", () => {
    const first = shown;
    grow(shown + step);
    const next = home.children[first];
    if (next) (next.querySelector("button, a") || next).focus();
  });
  const grow = (wanted) => {
    const until = Math.min(items.length, Math.max(shown, wanted));
    for (; shown < until; shown++) home.append(draw(items[shown], shown));
    const left = items.length - shown;
    if (left) {
      more.textContent = `${t("more", { n: Math.min(step, left) })} · ${t("left", { n: count(left) })}`;
      home.after(more);
    } else more.remove();
  };
  queueMicrotask(() => grow(Math.max(shown, step)));
  return grow;
}

const GROW = {};

function drawLists() {
  const list = clear(byId("list"));
  for (const verdict of VERDICTS) list.append(group(verdict, VIEW.checks[verdict], drawCard, `${verdict}s`));
  list.append(recordsGroup(), textsGroup());
}

// A folding section; what is inside is drawn when it opens.
function group(key, items, draw, word) {
  const cards = el(`div.cards.of-${key}`);
  const box = el(`details.group.g-${key}`, { id: `g-${key}` },
    el("summary", {}, el("h2", {}, key in { conflict: 1, rounding: 1, consistent: 1 } ? el("span.sign", { "aria-hidden": "true" }, sign(key)) : null,
      t(word), " ", el("span.n", {}, count(items.length))), el("span.sub", {}, t(`${key}Sub`))), cards);
  let filled = false;
  const fill = () => {
    if (filled) return;
    filled = true;
    if (items.length) GROW[key] = inSteps(cards, items, draw);
    else cards.append(el("p.none", {}, filtered() ? t("none") : t(key === "conflict" ? "noConflict" : "nothing")));
  };
  box.addEventListener("toggle", () => {
    OPENED[key] = box.open;
    if (box.open) fill();
  });
  GROW[key] = null;
  if (OPENED[key]) {
    box.open = true;
    fill();
  }
  return box;
}

function drawCard(check) {
  const file = fileOf(check);
  const report = reportOf(check);
  const focus = focusOf(check);
  const card = el(`article.card.v-${check.verdict}`, { "data-id": check.id, "aria-current": STATE.open === check.id ? "true" : null },
    el("div.meta", {}, el("span.sign", { title: t(check.verdict) }, sign(check.verdict)), el("span.kind", {}, t(check.kind)),
      el("span.tier", {}, t(check.tier)), confidence(check.p)),
    el("h3", {}, el("button.say", { type: "button", onclick: () => openCheck(check.id, 0) },
      sentence(check, (text) => el("b", {}, shorten(text))))),
    check.note ? el("p.formula", {}, check.note) : null,
    el("div.chips", {}, focus.map((one, i) => chip(check, one, i))),
    el("p.from", {}, el("span.report", {}, reportTitle(report)), el("span.fname", {}, file.name)));
  card.addEventListener("click", (event) => {
    if (!event.target.closest("button, a") && !String(getSelection())) openCheck(check.id, 0);
  });
  return card;
}

function chip(check, one, i) {
  const text = quoteSays(fileOf(check), one.quote);
  return el("button.chip", { type: "button", "data-c": one.color, "data-i": i, title: `${i ? `${t("operand")} ${one.tag}` : t("stated")}：${text}`,
    onclick: () => openCheck(check.id, i) }, el("i", {}, one.tag), el("span", {}, shorten(text, 28)));
}

function shorten(text, most = 48) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

function confidence(p) {
  const dots = svg("svg", { viewBox: "0 0 50 10", class: "sure", "aria-hidden": "true" },
    svg("rect", { width: 50, height: 10, rx: 2, class: "track" }), svg("rect", { width: 50 * p, height: 10, rx: 2, class: "fill" }));
  return el("span.p", {}, sureness(p), " ", el("span.num", {}, p.toFixed(2)), dots);
}

function cardOf(id) {
  return byId("list").querySelector(`.card[data-id="${CSS.escape(id)}"]`);
}

// The checks that j and k walk through: those of the sections that are unfolded, in the order shown.
function walk() {
  return VERDICTS.filter((verdict) => OPENED[verdict]).flatMap((verdict) => VIEW.checks[verdict]);
}

// Makes sure that the card of a check is drawn (unless it lies far down a long list), marks it as the open one and brings it into view.
function showCard(check) {
  for (const node of byId("list").querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  const at = VIEW.checks[check.verdict].indexOf(check);
  if (at < 0) return null;
  const box = byId(`g-${check.verdict}`);
  if (!box.open) {
    OPENED[check.verdict] = true;
    box.open = true;
    box.dispatchEvent(new Event("toggle"));
  }
  if (at > box.querySelector(".cards").children.length + FAR) return null;
  GROW[check.verdict](at + 1);
  const card = cardOf(check.id);
  if (card) {
    card.setAttribute("aria-current", "true");
    card.scrollIntoView({ block: "nearest" });
  }
  return card;
}
