// The form for a new app: features as a list of rows, kept in the one-per-line text area.
const area = document.getElementById("id_features");
const editor = document.getElementById("feature-editor");
const list = editor.querySelector("ol");
const template = document.getElementById("feature-row");
const count = document.getElementById("feature-count");

function inputs() {
  return [...list.querySelectorAll("input")];
}

function store() {
  const texts = inputs().map((input) => input.value.trim());
  const kept = texts.filter(Boolean);
  area.value = kept.join("\n");
  count.textContent = kept.length ? `${kept.length} of 300` : "";
  for (const [index, input] of inputs().entries()) {
    input.setAttribute("aria-label", `Feature ${index + 1}`);
    input.closest("li").querySelector("button").setAttribute("aria-label", `Remove feature ${index + 1}`);
  }
  for (const chip of editor.querySelectorAll("[data-suggest]")) {
    chip.hidden = kept.some((text) => text.toLowerCase() === chip.dataset.suggest.toLowerCase());
  }
}

function addRow(text = "", after = null) {
  const row = template.content.firstElementChild.cloneNode(true);
  row.querySelector("input").value = text;
  if (after) after.after(row);
  else list.append(row);
  return row.querySelector("input");
}

function removeRow(row) {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (next?.querySelector("input") ?? addRow()).focus();
  store();
}

function onKey(event) {
  const row = event.target.closest("li");
  if (!row || event.target.tagName !== "INPUT" || event.isComposing) return;
  if (event.key === "Enter") {
    event.preventDefault();
    addRow("", row).focus();
    store();
  } else if (event.key === "Backspace" && !event.target.value && inputs().length > 1) {
    event.preventDefault();
    removeRow(row);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const other = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    other?.querySelector("input").focus();
  }
}

function onPaste(event) {
  const lines = event.clipboardData.getData("text").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const row = event.target.closest("li");
  if (lines.length < 2 || !row) return;
  event.preventDefault();
  event.target.value += lines.shift();
  let last = row;
  for (const line of lines) last = addRow(line, last).closest("li");
  last.querySelector("input").focus();
  store();
}

function onClick(event) {
  const button = event.target.closest("button");
  if (!button) return;
  if (button.dataset.suggest) {
    const empty = inputs().find((input) => !input.value.trim());
    const input = empty ?? addRow();
    input.value = button.dataset.suggest;
    store();
    (button.parentElement.querySelector("[data-suggest]:not([hidden])") ?? input).focus();
  } else if (button.dataset.add !== undefined) {
    addRow().focus();
    store();
  } else if (button.dataset.remove !== undefined) removeRow(button.closest("li"));
}

for (const line of area.value.split("\n").filter((text) => text.trim())) addRow(line.trim());
if (!inputs().length) addRow();
store();
editor.addEventListener("keydown", onKey);
editor.addEventListener("paste", onPaste);
editor.addEventListener("click", onClick);
editor.addEventListener("input", store);

// What concerns models is shown once one is chosen; the choice itself may be swapped meanwhile.
const modelOptions = document.getElementById("model-options");

function showModelOptions() {
  modelOptions.hidden = document.getElementById("id_engine").value === "builtin";
}

document.addEventListener("change", showModelOptions);
document.addEventListener("htmx:afterSettle", showModelOptions);
showModelOptions();
