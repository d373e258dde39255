// The grammar of a file, by its name; the large ones are loaded when they are needed.
const LOADERS = {
  css: async () => (await import("@codemirror/lang-css")).css(),
  html: async () => (await import("@codemirror/lang-html")).html(),
  js: async () => (await import("@codemirror/lang-javascript")).javascript({ jsx: true }),
  json: async () => (await import("@codemirror/lang-json")).json(),
  md: async () => (await import("@codemirror/lang-markdown")).markdown(),
  py: async () => (await import("@codemirror/lang-python")).python(),
  sql: async () => (await import("@codemirror/lang-sql")).sql(),
  ts: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true }),
  tsx: async () => (await import("@codemirror/lang-javascript")).javascript({ typescript: true, jsx: true }),
  yaml: async () => (await import("@codemirror/lang-yaml")).yaml(),
  dockerfile: async () => mode((await import("@codemirror/legacy-modes/mode/dockerfile")).dockerFile),
  ini: async () => mode((await import("@codemirror/legacy-modes/mode/properties")).properties),
  sh: async () => mode((await import("@codemirror/legacy-modes/mode/shell")).shell),
  toml: async () => mode((await import("@codemirror/legacy-modes/mode/toml")).toml),
};
const ENDINGS = {
  cfg: "ini",
  env: "ini",
  example: "ini",
  htm: "html",
  jsx: "js",
  mako: "py",
  mjs: "js",
  pyi: "py",
  svg: "html",
  xml: "html",
  yml: "yaml",
};

async function mode(spec) {
  const { StreamLanguage } = await import("@codemirror/language");
  return StreamLanguage.define(spec);
}

/** Return the extension that colours a file; nothing for plain text. */
export async function languageOf(path) {
  const name = path.split("/").at(-1).toLowerCase();
  const ending = name.includes(".") ? name.split(".").at(-1) : name;
  const load = LOADERS[ENDINGS[ending] ?? ending];
  return load ? load() : [];
}
