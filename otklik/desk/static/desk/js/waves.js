// Words a hint speaks of get a wavy line in the draft: a copy of the text lies under the field, invisible but for
// its lines. Without script the hints below say the same words in quotes.

// A hint names a whole sentence or several words after commas.
function words(form, plain) {
  const said = [...form.querySelectorAll("[data-words]")].map((hint) => hint.dataset.words.toLowerCase());
  return said.flatMap((one) => (plain.includes(one) ? [one] : one.split(", "))).filter((word) => word.length > 1);
}

function parts(text, form) {
  const plain = text.toLowerCase();
  const marks = words(form, plain).flatMap((sought) => {
    const places = [];
    for (let at = plain.indexOf(sought); at >= 0; at = plain.indexOf(sought, at + sought.length)) places.push([at, at + sought.length]);
    return places;
  }).sort((a, b) => a[0] - b[0]);
  const pieces = [];
  let end = 0;
  for (const [from, to] of marks) {
    if (from < end) continue;
    pieces.push(document.createTextNode(text.slice(end, from)));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    pieces.push(mark);
    end = to;
  }
  // A text that ends in a line break needs one more sign to be as high as the field.
  pieces.push(document.createTextNode(`${text.slice(end)}\u200b`));
  return pieces;
}

function draw(field) {
  const mirror = field.parentElement.querySelector(".mirror");
  mirror.replaceChildren(...parts(field.value, field.form));
  mirror.style.width = `${field.clientWidth}px`;
  mirror.style.height = `${field.clientHeight}px`;
  mirror.scrollTop = field.scrollTop;
}

function attach() {
  for (const field of document.querySelectorAll(".mirrored textarea")) {
    if (!field.parentElement.querySelector(".mirror")) {
      const mirror = document.createElement("div");
      mirror.className = "mirror";
      mirror.setAttribute("aria-hidden", "true");
      field.before(mirror);
      field.addEventListener("input", () => draw(field));
      field.addEventListener("scroll", () => draw(field));
      new ResizeObserver(() => draw(field)).observe(field);
    }
    draw(field);
  }
}

export function startWaves() {
  attach();
  document.addEventListener("htmx:afterSettle", attach);
}
