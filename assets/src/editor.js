// The page of a project's code: an editor that saves over the version it has read, and nothing else.
//
// The editor stands in a shadow root: there its styles are constructed sheets, which the site's
// content security policy allows where it allows no style elements.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentOnInput, indentUnit } from "@codemirror/language";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { unifiedMergeView } from "@codemirror/merge";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";

import htmx from "htmx.org";

import { keepDraft, keptDraft } from "./drafts.js";
import { colours, theme } from "./editor-theme.js";
import { openFolders } from "./folders.js";
import { languageOf } from "./languages.js";
import { connect } from "./socket.js";

const page = document.getElementById("code");
const host = document.getElementById("editor");
const files = `/api/projects/${page.dataset.project}/files/`;
const encoded = (path) => path.split("/").map(encodeURIComponent).join("/");
const byId = (id) => document.getElementById(id);

// --- What the server has ---------------------------------------------------------------------------

async function ask(address, options = {}) {
  const headers = { ...options.headers };
  if (options.method) headers["X-CSRFToken"] = page.dataset.csrf;
  return fetch(address, { credentials: "same-origin", ...options, headers });
}

const versionOf = (response) => Number((response.headers.get("ETag") ?? "").replaceAll('"', ""));

async function readFile(path) {
  const response = await ask(files + encoded(path), { cache: "no-store" });
  if (!response.ok) return { status: response.status };
  const bytes = await response.arrayBuffer();
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return { status: response.status, text, version: versionOf(response) };
}

// --- Line ends -------------------------------------------------------------------------------------

/** Return what ends this text's lines; in a text of both kinds the carriage returns are shown. */
function lineEndOf(text) {
  const ends = text.match(/\r?\n/g) ?? [];
  return ends.length && ends.every((end) => end === "\r\n") && !/\r(?!\n)/.test(text) ? "\r\n" : "\n";
}

// --- The editor --------------------------------------------------------------------------------------

class CodeEditor {
  constructor(path) {
    this.path = path;
    this.merging = new Compartment();
    this.busy = Promise.resolve();
    this.theirs = null; // the version on the server that this text was not made from
  }

  async open() {
    const found = await readFile(this.path);
    if (found.text === undefined) {
      this.tell(found.status === 404 ? "gone" : "signed-out");
      return;
    }
    this.stored = found.text;
    this.version = found.version;
    const draft = keptDraft(this.path);
    const text = draft && draft.text !== found.text ? draft.text : found.text;
    this.lineEnd = lineEndOf(found.text);
    await this.show(text);
    this.showVersion();
    if (text !== found.text) {
      if (draft.version !== found.version) this.conflict(found);
      else this.tell("draft");
    }
    this.onChange();
    this.check();
    goToLine(this.view);
  }

  async show(text) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
    this.view?.destroy();
    const state = EditorState.create({
      doc: text,
      extensions: [
        EditorState.lineSeparator.of(this.lineEnd),
        lineNumbers(),
        lintGutter(),
        highlightActiveLineGutter(),
        highlightSpecialChars(),
        history(),
        foldGutter(),
        drawSelection(),
        EditorState.allowMultipleSelections.of(true),
        indentOnInput(),
        indentUnit.of(indentOf(text)),
        bracketMatching(),
        highlightActiveLine(),
        highlightSelectionMatches(),
        EditorView.contentAttributes.of({
          tabindex: "0",
          "aria-label": `Text of ${this.path}`,
          "aria-description": "Tab indents once you type; Escape, then Tab, leaves the editor.",
        }),
        // Who comes by Tab goes on by Tab; for who types or points it indents.
        EditorView.domEventHandlers({
          focusout: (_event, view) => view.setTabFocusMode(true),
          mousedown: (_event, view) => view.setTabFocusMode(false),
        }),
        keymap.of([
          { key: "Mod-s", run: () => (this.save(), true), preventDefault: true },
          ...defaultKeymap,
          ...searchKeymap,
          ...historyKeymap,
          ...foldKeymap,
          indentWithTab,
        ]),
        this.merging.of([]),
        await languageOf(this.path),
        colours,
        theme,
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          update.view.setTabFocusMode(false);
          this.onChange();
        }),
      ],
    });
    this.view = new EditorView({ state, parent: root, root });
    this.view.setTabFocusMode(true);
    host.removeAttribute("aria-busy");
  }

  get text() {
    return this.view.state.sliceDoc();
  }

  get changed() {
    return this.view !== undefined && this.text !== this.stored;
  }

  onChange() {
    const changed = this.changed;
    byId("save").disabled = !changed;
    if (page.dataset.state !== (changed ? "unsaved" : "saved")) {
      page.dataset.state = changed ? "unsaved" : "saved";
      byId("save-state").textContent = changed ? "Not saved" : "Saved";
      document.title = document.title.replace(/^(• )?/, changed ? "• " : "");
    }
    if (!changed && !byId("notice-draft").hidden) this.tell("");
    clearTimeout(this.draftTimer);
    this.draftTimer = setTimeout(() => this.keep(), 300);
  }

  keep() {
    keepDraft(this.path, this.changed ? { text: this.text, version: this.version } : null);
  }

  showVersion() {
    byId("file-version").textContent = `version ${this.version}`;
    for (const field of document.querySelectorAll("#code input[name=version]")) field.value = this.version;
  }

  /** Show one notice above the editor, or none. */
  tell(name, words = "") {
    for (const notice of document.querySelectorAll("[id^=notice-]")) {
      notice.hidden = notice.id !== `notice-${name}`;
    }
    if (words) byId(`notice-${name}`).querySelector("[data-words]").textContent = words;
  }

  save() {
    this.busy = this.busy.then(() => this.store());
    return this.busy;
  }

  async store() {
    if (!this.changed) return;
    const sent = this.text;
    const answer = await ask(files + encoded(this.path), {
      method: "PUT",
      headers: { "If-Match": `"${this.theirs?.agreed ? this.theirs.version : this.version}"`, "Content-Type": "text/plain; charset=utf-8" },
      body: sent,
    }).catch(() => null);
    if (answer?.ok) {
      this.stored = sent;
      this.version = versionOf(answer);
      this.settle();
      this.showVersion();
      this.onChange();
      this.keep();
      this.check();
      byId("save-announced").textContent = `Saved as version ${this.version}.`;
    } else if (answer === null) {
      this.tell("refused", "The server cannot be reached. What you typed is kept in this browser.");
    } else if (answer.status === 412) {
      this.conflict(await readFile(this.path));
    } else if (answer.status === 401 || answer.status === 403) {
      this.keep();
      this.tell("signed-out");
    } else {
      const body = await answer.json().catch(() => ({}));
      this.tell("refused", body.message ?? "This could not be saved.");
    }
  }

  /** Somebody else has stored `found` since this text was read. */
  conflict(found) {
    if (found.text === undefined) {
      this.tell(found.status === 404 ? "gone" : "signed-out");
      return;
    }
    if (found.text === this.text) {
      this.stored = found.text;
      this.version = found.version;
      this.settle();
      this.showVersion();
      this.onChange();
      return;
    }
    this.theirs = { ...found, agreed: false };
    this.tell("conflict", `${this.path} is at version ${found.version} by now; you began from version ${this.version}.`);
  }

  settle() {
    this.theirs = null;
    this.view.dispatch({ effects: this.merging.reconfigure([]) });
    this.tell("");
  }

  /** Show what differs from theirs, each change with a button that takes theirs. */
  compare() {
    const view = unifiedMergeView({ original: this.theirs.text, mergeControls: true, gutter: true });
    this.view.dispatch({ effects: this.merging.reconfigure(view) });
    this.theirs.agreed = true;
    byId("save").disabled = false;
    this.view.focus();
  }

  async takeTheirs() {
    const { text, version } = this.theirs;
    await this.replace(text, version);
    this.tell("");
  }

  keepMine() {
    this.theirs.agreed = true;
    this.save();
  }

  async replace(text, version) {
    const line = this.view.state.doc.lineAt(this.view.state.selection.main.head).number;
    this.stored = text;
    this.version = version;
    this.theirs = null;
    this.lineEnd = lineEndOf(text);
    await this.show(text);
    const at = this.view.state.doc.line(Math.min(line, this.view.state.doc.lines)).from;
    this.view.dispatch({ selection: { anchor: at }, scrollIntoView: true });
    this.showVersion();
    this.onChange();
    this.keep();
    this.check();
  }

  /** A file event: of this file, when it is not the version that was just stored from here. */
  onFile(payload) {
    this.busy = this.busy.then(async () => {
      if (payload.path !== this.path || this.view === undefined || payload.version <= this.version) return;
      if (payload.deleted) {
        this.tell("gone");
        return;
      }
      const found = await readFile(this.path);
      if (found.text === undefined || found.version <= this.version) return;
      if (this.changed) this.conflict(found);
      else {
        await this.replace(found.text, found.version);
        this.tell("updated", `Version ${found.version} was stored elsewhere and is shown now.`);
      }
    });
  }

  /** Ask for the cheap checks of what is stored, and mark the lines. */
  async check() {
    const address = `/api/projects/${page.dataset.project}/checks/?path=${encodeURIComponent(this.path)}`;
    const response = await ask(address).catch(() => null);
    if (!response?.ok || this.changed) return;
    const faults = await response.json();
    const doc = this.view.state.doc;
    const marks = faults.map(({ line, message }) => {
      const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
      return { from: at.from, to: at.to, severity: "warning", message };
    });
    this.view.dispatch(setDiagnostics(this.view.state, marks));
    byId("fault-count").textContent = faults.length ? `${faults.length} ${faults.length === 1 ? "mark" : "marks"}` : "";
  }
}

function indentOf(text) {
  const first = text.match(/^(?: {2,8}|\t)(?=\S)/m)?.[0] ?? "    ";
  return first === "\t" ? "\t" : " ".repeat(first.length % 4 === 0 ? 4 : 2);
}

function goToLine(view) {
  const line = Number(location.hash.match(/^#L(\d+)$/)?.[1]);
  if (!line || line > view.state.doc.lines) return;
  const at = view.state.doc.line(line).from;
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}

// --- The tree ----------------------------------------------------------------------------------------

let treeTimer = 0;

function refreshTree() {
  clearTimeout(treeTimer);
  treeTimer = setTimeout(async () => {
    const address = new URL(location.href);
    for (const [name, path] of openFolders(byId("code-tree"))) address.searchParams.append(name, path);
    const response = await ask(address).catch(() => null);
    if (!response?.ok) return;
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("code-tree");
    const tree = byId("code-tree");
    if (!fresh) return;
    const open = new Set([...tree.querySelectorAll("details[open]")].map((one) => one.id));
    for (const folder of fresh.querySelectorAll("details")) folder.open = open.has(folder.id);
    const top = tree.scrollTop;
    tree.replaceWith(fresh);
    htmx.process(fresh);
    fresh.scrollTop = top;
  }, 400);
}

function onFileEvent(payload, editor) {
  editor?.onFile(payload);
  const known = document.querySelector(`#code-tree [data-path="${CSS.escape(payload.path)}"]`);
  if (payload.deleted || !known) refreshTree();
}

// --- Start -------------------------------------------------------------------------------------------

const editor = host ? new CodeEditor(page.dataset.path) : null;
if (editor) {
  await editor.open();
  byId("save").addEventListener("click", () => editor.save());
  byId("compare").addEventListener("click", () => editor.compare());
  byId("take-theirs").addEventListener("click", () => editor.takeTheirs());
  byId("keep-mine").addEventListener("click", () => editor.keepMine());
  byId("drop-draft").addEventListener("click", () => editor.replace(editor.stored, editor.version));
  addEventListener("keydown", (event) => {
    if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
    if (!event.defaultPrevented) editor.save(); // in the text the editor's own key has done it
    event.preventDefault();
  });
  addEventListener("beforeunload", (event) => {
    if (!editor.changed) return;
    editor.keep();
    event.preventDefault();
  });
}
document.querySelector("#code-tree a[aria-current]")?.scrollIntoView({ block: "nearest" });
connect({
  path: page.dataset.socket,
  after: Number(page.dataset.seq),
  onEvent: (event) => event.kind === "file" && onFileEvent(event.payload, editor),
  onState: (state, words) => {
    const shown = byId("connection");
    if (!shown) return; // no file is open
    shown.hidden = state === "live";
    shown.querySelector("[data-label]").textContent = words;
  },
});
