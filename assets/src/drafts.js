// Text of a file that is not stored yet, kept in this browser.

const project = document.getElementById("code").dataset.project;
const draftKey = (path) => `draft:${project}:${path}`;

export function keepDraft(path, draft) {
  try {
    if (draft) localStorage.setItem(draftKey(path), JSON.stringify(draft));
    else localStorage.removeItem(draftKey(path));
  } catch {
    // storage can be full or refused: the text is still in the page, which asks before it is left
  }
}

export function keptDraft(path) {
  try {
    return JSON.parse(localStorage.getItem(draftKey(path)) ?? "null");
  } catch {
    return null;
  }
}
