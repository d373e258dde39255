// Runs before the first paint: the stored theme, or the system's when none is stored.
const root = document.documentElement;
root.classList.add("js");

function stored() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // storage can be refused; the page then follows the system
  }
}

function apply(theme) {
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

apply(stored());
addEventListener("storage", (event) => {
  if (event.key === "theme") apply(event.newValue);
});
