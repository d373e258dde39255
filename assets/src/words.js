// Times and durations in words, the same as the server's template filters say them.
const UNITS = [
  [60, "second"],
  [60, "minute"],
  [24, "hour"],
  [7, "day"],
  [4.35, "week"],
  [12, "month"],
  [Infinity, "year"],
];

/** Return how long ago (milliseconds since 1970) something was, such as "3 minutes ago". */
export function relativeTime(then, now) {
  let amount = Math.max(0, (now - then) / 1000);
  if (amount < 10) return "just now";
  for (const [size, unit] of UNITS) {
    if (amount < size) {
      const whole = Math.max(1, Math.floor(amount));
      return `${whole} ${unit}${whole === 1 ? "" : "s"} ago`;
    }
    amount /= size;
  }
  return "";
}

/** Return a duration in milliseconds such as "40 ms", "1.2 s", "3 min 05 s". */
export function duration(milliseconds) {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.floor(seconds);
  const pad = (number) => String(number).padStart(2, "0");
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${pad(whole % 60)} s`;
  return `${Math.floor(whole / 3600)} h ${pad(Math.floor((whole % 3600) / 60))} min`;
}

/** Return US dollars such as "$1.23" or "$0.0042"; null is a price that nobody knows. */
export function usd(amount) {
  if (amount === null) return "price not known";
  if (amount > 0 && amount < 0.0001) return "under $0.0001";
  const digits = amount > 0 && amount < 0.01 ? 4 : 2;
  return `$${amount.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

/** Return what calls to a model took, such as "3 calls to qwen, 1 failed · 1,204 tokens · $0.00". */
export function usage({ calls, failed, tokens, cost }, model) {
  const lost = failed ? `, ${failed} failed` : "";
  const asked = `${calls} call${calls === 1 ? "" : "s"} to ${model}${lost}`;
  return `${asked} · ${tokens.toLocaleString("en-US")} tokens · ${usd(cost)}`;
}
