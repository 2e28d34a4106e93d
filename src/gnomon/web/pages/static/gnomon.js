// Makes the pages feel instant: links and forms change <main> and the address instead of loading everything anew.
// Everything works without this file, only slower.
"use strict";

const TEXT_KEYS = new Set(["INPUT", "SELECT", "TEXTAREA"]);
let latest = 0;
let waiting = 0;

const main = () => document.getElementById("main");
const isOurs = (url) => url.origin === location.origin && /^\/(w\/|profile)/.test(url.pathname);
const isSending = (options) => Boolean(options.request);

// A page in place of the present one. Its address is kept, and what had the focus gets it again.
async function swap(url, options = {}) {
  const number = ++latest;
  clearTimeout(waiting);
  document.documentElement.setAttribute("aria-busy", "true");
  let answer;
  let text;
  try {
    answer = await fetch(url, { credentials: "same-origin", headers: { Accept: "text/html" }, ...options.request });
    text = await answer.text();
  } catch {
    if (isSending(options)) tell("The server could not be reached. Try again.");
    else location.assign(url);
    return;
  } finally {
    if (number === latest) document.documentElement.removeAttribute("aria-busy");
  }
  if (number !== latest && !isSending(options)) return;
  const isPage = (answer.headers.get("Content-Type") || "").startsWith("text/html");
  const page = isPage ? new DOMParser().parseFromString(text, "text/html") : null;
  const problem = page && page.querySelector("[role=alert]");
  if (!answer.ok && isSending(options)) {
    tell(problem ? problem.textContent : "That did not work.");
    return;
  }
  const fresh = page && page.getElementById("main");
  if (!fresh || !page.querySelector(".side") || !document.querySelector(".side")) {
    if (isSending(options)) tell("You are signed out. Sign in in another tab, then try again.");
    else location.assign(url);
    return;
  }
  show(page, fresh, answer, options);
}

function show(page, fresh, answer, options) {
  const again = pathOf(document.activeElement);
  const typed = isSending(options) ? typedFields() : [];
  main().replaceWith(document.adoptNode(fresh));
  keepTyped(main(), typed);
  document.title = page.title;
  document.querySelector(".side").replaceWith(document.adoptNode(page.querySelector(".side")));
  document.body.toggleAttribute("data-shortcuts", page.body.hasAttribute("data-shortcuts"));
  document.getElementById("keys")?.remove();
  const keys = page.getElementById("keys");
  if (keys) document.body.append(document.adoptNode(keys));
  const now = new URL(answer.url);
  if (!options.isBack && (answer.redirected || !isSending(options)) && now.href !== location.href) {
    history.pushState({}, "", now);
  }
  const target = (options.keepsPlace && again && document.querySelector(again)) || document.querySelector(".notice") || main();
  if (target.matches(".notice")) target.setAttribute("tabindex", "-1");
  target.focus({ preventScroll: true });
  if (!options.keepsPlace) scrollTo(0, 0);
  ready();
}

// How the focused thing is found again on a page that was made anew.
function pathOf(thing) {
  if (!thing || thing === document.body) return "";
  if (thing.id) return `#${CSS.escape(thing.id)}`;
  const form = thing.closest("form[action]");
  if (form && thing.matches("button")) return `main form[action="${CSS.escape(form.getAttribute("action"))}"] button`;
  if (thing.matches("th a")) return `main th:nth-child(${thing.closest("th").cellIndex + 1}) a:not(.fold)`;
  return "";
}

// What somebody typed into other fields stays when something else is done.
function typedFields() {
  const found = [...main().querySelectorAll("input[id]:not([type=hidden], [type=file], [type=password]), textarea[id]")];
  return found.filter((one) => one.value !== one.defaultValue && !one.closest("[data-sending]")).map((one) => [one.id, one.value]);
}

function keepTyped(place, typed) {
  for (const [id, value] of typed) {
    const field = place.querySelector(`#${CSS.escape(id)}`);
    if (field && field.value === field.defaultValue) field.value = value;
  }
}

function tell(text) {
  document.querySelector(".toast")?.remove();
  const toast = document.createElement("p");
  toast.className = "toast";
  toast.setAttribute("role", "alert");
  toast.textContent = text;
  document.body.append(toast);
  setTimeout(() => toast.remove(), 8000);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (link.hasAttribute("download") || link.target || !isOurs(url)) return;
  if (/\.(csv|xlsx|pdf)$/.test(url.pathname)) return;
  if (url.hash && url.href.split("#")[0] === location.href.split("#")[0]) return;
  event.preventDefault();
  const isHere = url.pathname === location.pathname;
  swap(url.href, { keepsPlace: isHere });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog") return;
  const url = new URL(form.action);
  if (!isOurs(url) || form.enctype === "multipart/form-data") return;
  event.preventDefault();
  if (form.hasAttribute("data-sending")) return;
  const fields = new URLSearchParams();
  for (const [key, value] of new FormData(form, event.submitter)) {
    if (form.method === "post" || value) fields.append(key, value);
  }
  if (form.method === "post") {
    form.setAttribute("data-sending", "");
    swap(url.href, { request: { method: "POST", body: fields }, keepsPlace: true }).finally(() => form.removeAttribute("data-sending"));
  } else {
    if (!fields.get("rounding")) fields.delete("minutes");
    if (fields.get("from") || fields.get("to")) fields.delete("period");
    if (fields.get("then") === fields.get("by")) fields.delete("then");
    url.search = fields.toString();
    swap(url.href, { keepsPlace: true });
  }
});

addEventListener("popstate", () => swap(location.href, { isBack: true, keepsPlace: true }));

// One open list at a time; it closes by a click elsewhere and by Escape.
document.addEventListener("toggle", (event) => {
  if (!event.target.matches?.("details.pop") || !event.target.open) return;
  for (const other of document.querySelectorAll("details.pop[open]")) {
    if (other !== event.target && !other.contains(event.target)) other.open = false;
  }
  event.target.querySelector("[data-find]")?.focus();
}, true);

document.addEventListener("click", (event) => {
  for (const one of document.querySelectorAll("details.pop[open]")) {
    if (!one.contains(event.target)) one.open = false;
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("#filters > .field select")) event.target.form.requestSubmit();
});

// Lists that are looked through while one types.
document.addEventListener("input", (event) => {
  if (!event.target.matches("[data-find]")) return;
  const wanted = event.target.value.toLowerCase();
  for (const item of event.target.closest("fieldset").querySelectorAll("li")) {
    item.hidden = !item.textContent.toLowerCase().includes(wanted);
  }
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const input = document.getElementById(button.dataset.copy);
  input.select();
  try {
    await navigator.clipboard.writeText(input.value);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Press Ctrl+C";
  }
});

// A file that is dropped anywhere on the form.
document.addEventListener("dragover", (event) => {
  if (event.target.closest?.("[data-drop]")) event.preventDefault();
});
document.addEventListener("drop", (event) => {
  const form = event.target.closest?.("[data-drop]");
  if (!form || !event.dataTransfer.files.length) return;
  event.preventDefault();
  form.querySelector("input[type=file]").files = event.dataTransfer.files;
});

// Keys, where the profile has them on.
let before = "";
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const open = document.querySelector("details.pop[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
    return;
  }
  if (!document.body.hasAttribute("data-shortcuts") || event.metaKey || event.ctrlKey || event.altKey) return;
  if (TEXT_KEYS.has(event.target.tagName) || event.target.isContentEditable) return;
  const key = event.key;
  const went = before === "g" && { t: "timer", r: "reports", s: "saved" }[key];
  before = key;
  if (went) document.querySelector(`[data-shortcut="${went}"]`)?.click();
  else if (key === "?") document.getElementById("keys")?.showModal();
  else if (key === "n") focusNew(event);
  else if (key === "s") document.querySelector("[data-stop]")?.click();
  else if (key === "[" || key === "]") document.querySelector(`[data-key="${key}"].step`)?.click();
});

function focusNew(event) {
  const field = document.querySelector("[data-new]");
  if (field) {
    event.preventDefault();
    field.focus();
  } else document.querySelector('[data-shortcut="timer"]')?.click();
}

// What runs on: the clock of the timer, and pages that wait for something.
function tick() {
  for (const clock of document.querySelectorAll("[data-since]")) {
    const seconds = Math.max(0, Math.floor(Date.now() / 1000) - Number(clock.dataset.since));
    const two = (number) => String(number).padStart(2, "0");
    clock.textContent = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }
}

function ready() {
  tick();
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  if (document.querySelector("[data-again]")) {
    waiting = setTimeout(() => swap(location.href, { isBack: true, keepsPlace: true }), 700);
  }
}

setInterval(tick, 1000);
ready();
