// The folders that are open in a tree of files, as the server is told of them in an address.
export function openFolders(tree) {
  const open = [...tree.querySelectorAll("details.folder[open]")];
  return new URLSearchParams(open.map((one) => ["open", one.id.slice("folder:".length)]));
}
