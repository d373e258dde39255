// The editor in the site's colours: custom properties reach into its shadow root.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

export const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.comment, tags.meta], color: "var(--hl-comment)", fontStyle: "italic" },
    { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: "var(--hl-keyword)" },
    { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--hl-string)" },
    { tag: [tags.number, tags.bool, tags.null, tags.unit, tags.color], color: "var(--hl-number)" },
    {
      tag: [tags.definition(tags.variableName), tags.function(tags.variableName), tags.className, tags.propertyName, tags.attributeName, tags.link, tags.url],
      color: "var(--hl-name)",
    },
    { tag: [tags.tagName, tags.typeName, tags.standard(tags.variableName), tags.atom], color: "var(--hl-tag)" },
    { tag: tags.heading, color: "var(--hl-name)", fontWeight: "650" },
    { tag: tags.emphasis, fontStyle: "italic" },
    { tag: tags.strong, fontWeight: "700" },
    { tag: tags.invalid, color: "var(--color-error)" },
  ]),
);

const tinted = (colour, part) => `color-mix(in oklab, var(${colour}) ${part}%, transparent)`;

export const theme = EditorView.theme({
  "&": { height: "100%", fontSize: "0.8125rem", color: "var(--color-base-content)", backgroundColor: "var(--color-base-100)" },
  "&.cm-focused": { outline: "2px solid var(--color-primary)", outlineOffset: "-2px" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", fontVariantLigatures: "none", lineHeight: "1.25rem" },
  ".cm-content": { padding: "0.5rem 0", caretColor: "var(--color-primary)" },
  ".cm-gutters": { backgroundColor: "var(--color-base-100)", color: "var(--hl-comment)", border: "0" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: tinted("--color-base-content", 5) },
  ".cm-cursor, .cm-dropCursor": { borderLeftColor: "var(--color-primary)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: tinted("--color-primary", 24) },
  ".cm-selectionMatch, .cm-searchMatch": { backgroundColor: tinted("--color-warning", 24) },
  ".cm-searchMatch-selected": { backgroundColor: tinted("--color-warning", 48) },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: tinted("--color-success", 22) },
  ".cm-foldPlaceholder": { backgroundColor: "var(--color-base-200)", color: "var(--color-muted)", borderColor: "var(--color-line)" },
  ".cm-panels, .cm-tooltip": { backgroundColor: "var(--color-base-200)", color: "var(--color-base-content)", borderColor: "var(--color-line)" },
  ".cm-panels input, .cm-panels button": {
    backgroundColor: "var(--color-base-100)",
    backgroundImage: "none",
    color: "var(--color-base-content)",
    border: "1px solid var(--color-line)",
    borderRadius: "0.25rem",
  },
  ".cm-changedLine": { backgroundColor: tinted("--color-success", 12) },
  ".cm-changedText": { background: tinted("--color-success", 28) },
  ".cm-deletedChunk": { backgroundColor: tinted("--color-error", 10) },
  ".cm-deletedChunk .cm-deletedText": { background: tinted("--color-error", 28) },
});
