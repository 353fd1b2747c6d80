"use strict";
// Small builders of elements; every string goes in as text, never as markup.

const BIDI = /([\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+)/;
const SVG = "http://www.w3.org/2000/svg";

// el("p.note", {id: "x"}, "text", child, …): an element with classes, properties, attributes and children.
function el(spec, attrs, ...children) {
  const [tag, ...classes] = spec.split(".");
  const node = document.createElement(tag);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(attrs || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  add(node, ...children);
  return node;
}

function add(node, ...children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    if (typeof child === "string" || typeof child === "number") put(node, String(child));
    else node.append(child);
  }
  return node;
}

// Text whose marks of writing direction are kept but shut in, so that they turn nothing around them.
function put(node, text) {
  if (!BIDI.test(text)) {
    node.append(text);
    return;
  }
  text.split(BIDI).forEach((piece, i) => {
    if (i % 2) node.append(Object.assign(document.createElement("span"), { className: "ctl", textContent: piece }));
    else if (piece) node.append(piece);
  });
}

function svg(tag, attrs, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attrs)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

function clear(node) {
  node.replaceChildren();
  return node;
}

function byId(id) {
  return document.getElementById(id);
}

function button(spec, label, onclick, attrs) {
  return el(`button.${spec}`, { type: "button", onclick, ...attrs }, label);
}

// The sign of a verdict, which says the same as its colour.
function sign(verdict) {
  return { conflict: "≠", rounding: "≈", consistent: "=" }[verdict];
}

// A, B, … Z, A2, B2, …
function letter(index) {
  return String.fromCharCode(65 + (index % 26)) + (index >= 26 ? Math.floor(index / 26) + 1 : "");
}
