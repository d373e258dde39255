// The project's page, kept true by its socket: steps, log, progress and files, with no page jump.
import htmx from "htmx.org";

import { openFolders } from "./folders.js";
import { connect } from "./socket.js";
import { duration, usage } from "./words.js";

const page = document.getElementById("project");
const log = document.getElementById("log");
const box = document.getElementById("log-box");
const follow = document.getElementById("follow");
const iconsUrl = page.dataset.icons;
const shownLogs = new Set([...log.children].map((line) => Number(line.dataset.id)));
const reloads = new Map();
let following = true;
let jobStatus = "";

const STATES = {
  PENDING: ["circle-dashed", "quiet", "Waiting"],
  RUNNING: ["loader-circle", "active", "Running"],
  SUCCESS: ["circle-check", "good", "Done"],
  FAILED: ["circle-x", "bad", "Failed"],
  SKIPPED: ["circle-slash", "quiet", "Skipped"],
};
const MILESTONES = {
  IN_PROGRESS: "The work has started.",
  SUCCESS: "The app is done and ready to download.",
  FAILED: "The work has failed.",
  CANCELLED: "The work was cancelled.",
};

const NAME = document.title;

function announce(text) {
  document.getElementById("milestones").textContent = text;
  if (text && document.hidden && globalThis.Notification?.permission === "granted") new Notification(NAME, { body: text });
}

// What a tab in the background says; an ended run gives it back its name.
function titled(words) {
  document.title = words ? `${words} · ${NAME}` : NAME;
}

// --- Parts that the server renders ---------------------------------------------------------------

async function replacePart(name) {
  const folders = openFolders(document.getElementById(`part-${name}`));
  const response = await fetch(`${page.dataset.url}parts/${name}/?${folders}`, { credentials: "same-origin" });
  if (!response.ok) return;
  const text = await response.text();
  const part = document.getElementById(`part-${name}`);
  if (part.querySelector("dialog[open], details.menu-pop[open]")) {
    reload(name, 1000); // somebody is choosing there
    return;
  }
  const held = part.contains(document.activeElement) ? document.activeElement.id : "";
  const kept = [...part.querySelectorAll("details")].filter((one) => one.id);
  const open = new Map(kept.map((one) => [one.id, one.open]));
  const scroller = part.querySelector(".scroll-box");
  const top = scroller?.scrollTop ?? 0;
  const fresh = new DOMParser().parseFromString(text, "text/html").body.firstElementChild;
  if (fresh?.id !== part.id) return; // signed out meanwhile: the socket says so
  part.replaceWith(fresh);
  for (const [id, state] of open) {
    const one = document.getElementById(id);
    if (one && fresh.contains(one)) one.open = state;
  }
  if (fresh.querySelector(".scroll-box")) fresh.querySelector(".scroll-box").scrollTop = top;
  if (held) document.getElementById(held)?.focus({ preventScroll: true });
  htmx.process(fresh);
  if (name === "files") showFirstFile(fresh);
  markCurrentFile();
  document.dispatchEvent(new Event("parts:replaced"));
}

function reload(name, wait) {
  if (reloads.has(name)) return;
  const run = async () => {
    reloads.delete(name);
    try {
      await replacePart(name);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error; // no network: the socket's return asks again
    }
  };
  reloads.set(name, setTimeout(run, wait));
}

// --- Events ---------------------------------------------------------------------------------------

function onLog(payload, createdAt) {
  if (shownLogs.has(payload.log_id)) return;
  shownLogs.add(payload.log_id);
  const line = document.getElementById("log-line").content.firstElementChild.cloneNode(true);
  const [time, level, text] = line.children;
  line.dataset.id = payload.log_id;
  line.dataset.level = payload.level;
  time.dateTime = createdAt;
  time.title = createdAt;
  time.textContent = clock(createdAt);
  level.textContent = payload.level.toLowerCase();
  text.textContent = payload.text;
  log.append(line);
  document.getElementById("log-empty").hidden = true;
  if (following) box.scrollTop = box.scrollHeight;
}

function onStep(payload) {
  reload("graph", 700);
  const row = document.getElementById(`step-${payload.step_id}`);
  if (!row) {
    reload("steps", 60);
    return;
  }
  const [icon, tone, word] = STATES[payload.status];
  const state = row.querySelector(".state");
  state.dataset.tone = tone;
  state.title = word;
  state.querySelector("use").setAttribute("href", `${iconsUrl}#${icon}`);
  state.querySelector(".sr-only").textContent = word;
  row.dataset.status = payload.status;
  const took = row.querySelector("[data-took]");
  took.textContent = payload.duration_ms === null || payload.status === "PENDING" ? "" : duration(payload.duration_ms);
  if (payload.status === "FAILED" || row.querySelector(".step-error")) reload("steps", 120);
  countStage(row.closest(".stage"));
}

function countStage(stage) {
  const rows = [...stage.querySelectorAll(".step")];
  const done = rows.filter((row) => row.dataset.status === "SUCCESS").length;
  stage.querySelector("[data-count]").textContent = `${done} of ${rows.length}`;
}

function onJob(payload) {
  if (payload.agent_type && payload.agent_type !== "pipeline") return; // a single agent changes nothing here
  if (payload.status !== jobStatus) {
    reload("request", 200); // a plan says what it cannot place
    reload("overview", 60); // pausing changes what can be done
  }
  jobStatus = payload.status;
  const bar = document.getElementById("progress");
  if (!bar) {
    reload("overview", 60);
    return;
  }
  if (payload.total) {
    bar.max = payload.total;
    bar.value = payload.done;
    document.getElementById("progress-words").textContent = `${payload.done} of ${payload.total} steps`;
    const percent = `${Math.floor((100 * payload.done) / payload.total)} %`;
    const shown = document.getElementById("progress-percent");
    if (shown) shown.textContent = percent; // the server knew of the end before these events came
    titled(payload.status === "running" ? percent : "");
  }
}

function onUsage(payload) {
  const row = payload.step && document.getElementById(`step-${payload.step_id}`);
  if (row) row.querySelector("[data-usage]").textContent = usage(payload.step, payload.model);
  const job = document.getElementById("job-usage");
  if (!job || job.dataset.job !== payload.job_id) {
    reload("overview", 60);
    return;
  }
  job.textContent = usage(payload.job, payload.model);
  job.hidden = false;
}

function onProject(payload) {
  announce(MILESTONES[payload.status] ?? "");
  titled({ SUCCESS: "Done", FAILED: "Failed" }[payload.status] ?? "");
  reload("overview", 30);
  reload("steps", 30);
  reload("graph", 30);
  reload("files", 30);
  reload("request", 30);
}

const HANDLERS = {
  log: onLog,
  step: onStep,
  job: onJob,
  project: onProject,
  usage: onUsage,
  file: () => reload("files", 1500),
};

// --- The log's controls -----------------------------------------------------------------------------

function clock(iso) {
  return new Date(iso).toLocaleTimeString("en-GB", { hour12: false });
}

function setFollowing(on) {
  following = on;
  follow.querySelector("use").setAttribute("href", `${iconsUrl}#${on ? "pause" : "arrow-down"}`);
  follow.querySelector("[data-label]").textContent = on ? "Pause" : "Follow";
  if (on) box.scrollTop = box.scrollHeight;
}

function onScroll() {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 24;
  if (atEnd !== following) setFollowing(atEnd);
}

// --- Files ------------------------------------------------------------------------------------------

function markCurrentFile(path = document.querySelector("#file-view [data-path]")?.dataset.path) {
  for (const link of document.querySelectorAll("#part-files a[aria-current]")) link.removeAttribute("aria-current");
  if (!path) return;
  for (const link of document.querySelectorAll("#part-files a[data-path]")) {
    if (link.dataset.path === path) link.setAttribute("aria-current", "true");
  }
}

function showFirstFile(tree) {
  if (document.querySelector("#file-view [data-path]")) return;
  const path = tree.querySelector("[data-default]")?.dataset.default;
  const link = path === "README.md" && document.getElementById(`file:${path}`);
  if (link) htmx.ajax("GET", link.href, { target: "#file-view", swap: "innerHTML show:none" });
}

// --- Time -------------------------------------------------------------------------------------------

function tick() {
  const elapsed = document.getElementById("elapsed");
  if (!elapsed?.dataset.since) return;
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(elapsed.dataset.since)) / 1000));
  elapsed.textContent = seconds < 1 ? "0 s" : duration(seconds * 1000).replace(".0 s", " s");
}

// --- Start ------------------------------------------------------------------------------------------

for (const time of log.querySelectorAll("time")) time.textContent = clock(time.dateTime);
follow.addEventListener("click", () => setFollowing(!following));
box.addEventListener("scroll", onScroll, { passive: true });
document.getElementById("log-floor").addEventListener("change", (event) => {
  log.dataset.floor = event.target.value;
  if (following) box.scrollTop = box.scrollHeight;
});
document.addEventListener("htmx:afterSwap", () => markCurrentFile());
document.addEventListener("click", async (event) => {
  const asks = event.target.closest("[data-notify]");
  if (!asks) return;
  const allowed = globalThis.Notification ? await Notification.requestPermission() : "denied";
  asks.replaceWith(allowed === "granted" ? "You will be told." : "The browser does not allow notifications here.");
});
setFollowing(true);
tick();
setInterval(tick, 1000);
// Nothing tells a page that waits in line how far the others are.
setInterval(() => document.querySelector("[data-in-line]") && reload("overview", 0), 5000);

connect({
  path: page.dataset.socket,
  after: Number(page.dataset.seq),
  onEvent: (event) => HANDLERS[event.kind]?.(event.payload, event.created_at),
  onState: (state, words) => {
    const shown = document.getElementById("connection");
    shown.dataset.state = state;
    shown.querySelector("use").setAttribute("href", `${iconsUrl}#${state === "live" ? "wifi" : "wifi-off"}`);
    shown.querySelector("[data-label]").textContent = words;
  },
});
