// What every page has: the theme switch, relative times, menus, dialogs, copying, htmx.
import htmx from "htmx.org";

import { relativeTime } from "./words.js";

Object.assign(htmx.config, {
  allowEval: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
  historyCacheSize: 0,
});

function themeSwitch() {
  const root = document.documentElement;
  const choices = document.querySelectorAll("input[name=theme]");
  const current = root.dataset.theme ?? "system";
  for (const choice of choices) {
    choice.checked = choice.value === current;
    choice.addEventListener("change", () => {
      if (choice.value === "system") delete root.dataset.theme;
      else root.dataset.theme = choice.value;
      try {
        if (choice.value === "system") localStorage.removeItem("theme");
        else localStorage.setItem("theme", choice.value);
      } catch {
        // storage can be refused; the choice then holds for this page
      }
    });
  }
}

function tellTimes() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-relative]")) {
    const text = relativeTime(Date.parse(time.dateTime), now);
    if (time.textContent !== text) time.textContent = text;
  }
}

async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.querySelector("[data-label]");
  const before = label.textContent;
  try {
    await navigator.clipboard.writeText(source.dataset.text ?? source.textContent.trim());
    label.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(source);
    label.textContent = "Selected";
  }
  setTimeout(() => (label.textContent = before), 1600);
}

function onClick(event) {
  const target = event.target.closest?.("[data-copy], [data-opens], [data-closes]");
  if (target?.dataset.copy) copy(target);
  else if (target?.dataset.opens) {
    event.preventDefault();
    document.getElementById(target.dataset.opens)?.showModal();
  } else if (target) target.closest("dialog")?.close();
  for (const menu of document.querySelectorAll("details.menu-pop[open]")) {
    if (!menu.contains(event.target) || target) menu.open = false;
  }
}

function onKey(event) {
  if (event.key === "Escape") {
    const menu = document.querySelector("details.menu-pop[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (event.key === "/" && !event.target.closest("input, textarea, select")) {
    const search = document.querySelector("input[type=search]");
    if (!search) return;
    event.preventDefault();
    search.focus();
  }
}

themeSwitch();
tellTimes();
setInterval(tellTimes, 15_000);
document.addEventListener("htmx:afterSettle", tellTimes);
document.addEventListener("parts:replaced", tellTimes);
document.addEventListener("click", onClick);
document.addEventListener("keydown", onKey);
// Words that are typed beside a choice choose it.
document.addEventListener("input", (event) => {
  const choice = document.getElementById(event.target.dataset?.chooses ?? "");
  if (choice && event.target.value.trim()) choice.checked = true;
});
// A form sent twice by a double click would ask twice for the same thing.
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target.method !== "post") return;
  const button = event.submitter;
  if (button) setTimeout(() => (button.disabled = true));
});
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("form[method=post] button[disabled]")) button.disabled = false;
});
