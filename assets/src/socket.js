// A socket that comes back: it asks for what came after the last number it has, each event once.
const FIRST_WAIT = 500;
const LONGEST_WAIT = 15_000;
const NOT_SIGNED_IN = 4401;
const NOT_FOUND = 4404;

/**
 * Keep a connection to `path` and give every new event to `onEvent`, in order and once.
 * `onState` is told "live", "waiting" or "ended", with words for a person.
 */
export function connect({ path, after, onEvent, onState }) {
  let last = after;
  let wait = FIRST_WAIT;
  let timer = 0;
  let socket = null;

  function open() {
    clearTimeout(timer);
    const scheme = location.protocol === "https:" ? "wss:" : "ws:";
    socket = new WebSocket(`${scheme}//${location.host}${path}?after=${last}`);
    socket.addEventListener("open", () => {
      wait = FIRST_WAIT;
      onState("live", "Live");
    });
    socket.addEventListener("message", (message) => {
      const event = JSON.parse(message.data);
      if (event.seq <= last) return;
      last = event.seq;
      onEvent(event);
    });
    socket.addEventListener("close", (event) => {
      socket = null;
      if (event.code === NOT_SIGNED_IN) onState("ended", "Signed out; reload to sign in");
      else if (event.code === NOT_FOUND) onState("ended", "This project is gone");
      else retry();
    });
  }

  function retry() {
    onState("waiting", navigator.onLine ? "Reconnecting" : "Offline");
    timer = setTimeout(open, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  // Network back, or the page back from the browser's cache: no need to wait out the pause.
  addEventListener("online", () => socket ?? open());
  addEventListener("pageshow", (event) => event.persisted && (socket ?? open()));
  open();
}
