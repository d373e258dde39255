// Build the stylesheet that generated apps without Node ship, with a manifest of hashes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const vendor = "templates/stacks/django-htmx/vendor";
const out = process.argv[2] ?? join(root, vendor);
const SOURCE = "templates/stacks/django-htmx/pages/styles-tailwind-source.jinja";
const CLASSES = "generation/engines/builtin/stacks/django_htmx/tailwind.py";
const PACKAGES = "assets/package-lock.json";

const read = (path) => readFileSync(join(root, path), "utf8");
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

// The app's own source, without its colours, and with the classes where they are written here.
const input = join(here, "stacks.tmp.css");
writeFileSync(
  input,
  read(SOURCE)
    .replace("<< tokens >>\n", "")
    .replaceAll(/^@source .*\n/gm, "")
    .replace(/^(@import .*)$/m, `$1\n@source "../${CLASSES}";`),
);
try {
  execFileSync(
    process.execPath,
    [
      join(here, "node_modules", "@tailwindcss", "cli", "dist", "index.mjs"),
      "--input", input,
      "--output", join(out, "tailwind.css"),
    ],
    { cwd: here, stdio: ["ignore", "inherit", "inherit"] },
  );
} finally {
  rmSync(input);
}
const manifest = {
  sources: Object.fromEntries([SOURCE, CLASSES, PACKAGES].map((path) => [path, sha256(read(path))])),
  built: { "tailwind.css": sha256(readFileSync(join(out, "tailwind.css"), "utf8")) },
};
writeFileSync(join(out, "tailwind.json"), `${JSON.stringify(manifest, null, 2)}\n`);
