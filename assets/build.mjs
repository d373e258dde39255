// Build styles, scripts, icons and fonts into the site's static folder, with a manifest of hashes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import * as lucide from "lucide";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const out = process.argv[2] ?? join(root, "codegen_site", "static", "codegen_site");
const modules = join(here, "node_modules");

// What the built files are made from; tests/codegen_site/test_assets.py reads the same list.
const SOURCES = [
  "assets/build.mjs",
  "assets/package.json",
  "assets/package-lock.json",
  "assets/icons.json",
  "assets/src",
  "templates/400.html",
  "templates/403.html",
  "templates/403_csrf.html",
  "templates/404.html",
  "templates/413.html",
  "templates/500.html",
  "templates/base.html",
  "templates/error.html",
  "templates/generation",
  "templates/parts",
  "templates/projects",
  "templates/registration",
];

function filesUnder(path) {
  if (statSync(path).isFile()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesUnder(join(path, name)));
}

function hashes(paths, base) {
  const entries = paths.flatMap(filesUnder).map((path) => [
    relative(base, path).replaceAll("\\", "/"),
    createHash("sha256").update(readFileSync(path)).digest("hex"),
  ]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function buildFonts() {
  mkdirSync(join(out, "fonts"), { recursive: true });
  for (const [family, file] of [
    ["inter", "inter-latin-wght-normal.woff2"],
    ["inter", "inter-latin-ext-wght-normal.woff2"],
    ["jetbrains-mono", "jetbrains-mono-latin-wght-normal.woff2"],
    ["jetbrains-mono", "jetbrains-mono-latin-ext-wght-normal.woff2"],
  ]) {
    cpSync(join(modules, "@fontsource-variable", family, "files", file), join(out, "fonts", file));
  }
}

const pascal = (name) => name.replaceAll(/(^|-)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase());

function symbol(name) {
  const shapes = lucide[pascal(name)];
  if (!shapes) throw new Error(`Lucide has no icon "${name}"`);
  const children = shapes
    .map(([tag, attributes]) => {
      const text = Object.entries(attributes)
        .filter(([key]) => key !== "key")
        .map(([key, value]) => ` ${key}="${value}"`)
        .join("");
      return `<${tag}${text}/>`;
    })
    .join("");
  return `<symbol id="${name}" viewBox="0 0 24 24">${children}</symbol>`;
}

function buildIcons() {
  const names = JSON.parse(readFileSync(join(here, "icons.json"), "utf8"));
  const body = names.map(symbol).join("\n");
  writeFileSync(
    join(out, "icons.svg"),
    `<svg xmlns="http://www.w3.org/2000/svg">\n${body}\n</svg>\n`,
  );
}

rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
buildFonts();
buildIcons();
cpSync(join(here, "src", "favicon.svg"), join(out, "favicon.svg"));
await build({
  entryPoints: ["site", "project", "request", "editor"].map((name) => join(here, "src", `${name}.js`)),
  bundle: true,
  splitting: true,
  chunkNames: "shared-[hash]",
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  outdir: join(out, "js"),
});
await build({
  entryPoints: [join(here, "src", "theme.js")],
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: true,
  outfile: join(out, "js", "theme.js"),
});
execFileSync(
  process.execPath,
  [
    join(modules, "@tailwindcss", "cli", "dist", "index.mjs"),
    "--input", join(here, "src", "site.css"),
    "--output", join(out, "css", "site.css"),
    "--minify",
  ],
  { cwd: here, stdio: ["ignore", "inherit", "inherit"] },
);
// WhiteNoise sends these to whoever takes them.
for (const path of filesUnder(out).filter((one) => /\.(css|js|svg)$/.test(one))) {
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: 9 }));
}
const manifest = {
  sources: hashes(SOURCES.map((path) => join(root, path)), root),
  built: hashes([out], out),
};
writeFileSync(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
