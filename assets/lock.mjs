// Make the lock file of a folder again, complete for every platform.
//
//   node lock.mjs [FOLDER]      (this folder, unless another is named)
//
// A registry that mirrors packages for some platforms only makes npm leave the others out of the
// lock, and `npm ci` then refuses to install on those platforms, or anywhere ("Missing: … from
// lock file"). What a package lists as optional has an exact version and, in its name, its
// platform, so that the entry can be written without the registry.

import { execFileSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const SYSTEMS = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const PROCESSORS = ["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "ppc64le", "riscv64", "s390x", "wasm32", "x64"];
const LIBRARIES = { gnu: "glibc", gnueabihf: "glibc", musl: "musl", musleabihf: "musl" };

const folder = path.resolve(process.argv[2] ?? import.meta.dirname);
const file = path.join(folder, "package-lock.json");

rmSync(path.join(folder, "node_modules"), { recursive: true, force: true });
rmSync(file, { force: true });
execFileSync(
  "npm",
  ["install", "--package-lock-only", "--ignore-scripts", "--omit-lockfile-registry-resolved", "--no-audit", "--no-fund"],
  { cwd: folder, stdio: "inherit" },
);

const lock = JSON.parse(readFileSync(file, "utf8"));
for (const [place, { optionalDependencies = {}, dev }] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    if (lock.packages[`node_modules/${name}`] || lock.packages[`${place}/node_modules/${name}`]) continue;
    if (!/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = { version, ...platformOf(name), ...(dev && { dev }), optional: true };
  }
}
const { "": root, ...others } = lock.packages;
const sorted = Object.entries(others).sort(([a], [b]) => a.localeCompare(b, "en"));
lock.packages = { "": root, ...Object.fromEntries(sorted) };
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);

/** Read a platform from the name of a package: `…-linux-x64-musl`. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = words.filter((word) => SYSTEMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const libc = words.map((word) => LIBRARIES[word]).filter(Boolean);
  return { ...(cpu.length && { cpu }), ...(os.length && { os }), ...(libc.length && { libc }) };
}
