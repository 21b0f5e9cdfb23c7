// The wall of a meeting room: when nothing has come for five minutes, the header says so in words.
const STALE = 5 * 60 * 1000;
const EVERY = 15 * 1000;

function look() {
  const wall = document.querySelector(".wall");
  const said = document.getElementById("wall-stale");
  if (wall && said) said.hidden = Date.now() - Date.parse(wall.dataset.at) < STALE;
}

setInterval(look, EVERY);
