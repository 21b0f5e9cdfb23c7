// A draft saves 2 s after the last key with its version; a stale version gets the conflict bar, never an overwrite.
// What is typed is also kept in the browser until the server has it, so it survives a lost session.

const PAUSE = 2000;
const keyOf = (form) => `draft:${form.dataset.draft}`;

function remember(form, text) {
  try { text === null ? localStorage.removeItem(keyOf(form)) : localStorage.setItem(keyOf(form), text); } catch { /* storage may be off */ }
}

function recall(form) {
  try { return localStorage.getItem(keyOf(form)); } catch { return null; }
}

async function save(form) {
  const state = form.querySelector("[data-draft-state]");
  const sent = form.elements.text.value;
  form.dataset.saving = "yes";
  try {
    const answer = await fetch(form.dataset.saveTo, { method: "POST", body: new FormData(form), headers: { "HX-Request": "true" } });
    if (answer.status === 409) {
      form.querySelector("[data-conflict]").innerHTML = await answer.text();
      window.htmx.process(form.querySelector("[data-conflict]"));
      form.dataset.conflict = "yes";
      return;
    }
    if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
    const saved = await answer.json();
    form.elements.version.value = saved.version;
    state.textContent = saved.words;
    form.closest("section")?.querySelectorAll("[data-draft-head]").forEach((head) => { head.textContent = saved.words; });
    if (form.elements.text.value === sent) remember(form, null);
    window.htmx.trigger(form, "draft-saved");
  } catch {
    state.textContent = "Не сохранено: нет связи. Текст цел в этом браузере, повторим сами.";
    setTimeout(() => plan(form), PAUSE * 3);
  } finally {
    delete form.dataset.saving;
  }
}

const timers = new WeakMap();
function plan(form) {
  clearTimeout(timers.get(form));
  if (form.dataset.conflict) return;
  timers.set(form, setTimeout(() => (form.dataset.saving ? plan(form) : save(form)), PAUSE));
}

function attach() {
  for (const form of document.querySelectorAll("form[data-draft]:not([data-attached])")) {
    form.dataset.attached = "yes";
    const kept = recall(form);
    if (kept !== null && kept !== form.elements.text.value && !form.elements.text.readOnly) {
      form.elements.text.value = kept;
      form.querySelector("[data-draft-state]").textContent = "Восстановлен текст, который не успел сохраниться.";
      plan(form);
    }
    form.addEventListener("input", () => { remember(form, form.elements.text.value); plan(form); });
    form.addEventListener("change", () => plan(form));
  }
}

// A template goes after what is typed; the first place nobody has filled is chosen, to be typed over.
function insert(button) {
  const form = button.closest("form[data-draft]");
  const area = form.elements.text;
  const before = area.value.trimEnd();
  if (!before) form.elements.kind.value = button.dataset.kind;
  area.value = `${before ? `${before}\n\n` : ""}${button.nextElementSibling.content.textContent}`;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  const place = area.value.slice(before.length).match(/\{[^{}\n]+\}/);
  const at = place ? before.length + place.index : area.value.length;
  area.focus();
  area.setSelectionRange(at, place ? at + place[0].length : at);
}

export function startDrafts() {
  attach();
  document.addEventListener("htmx:afterSettle", attach);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-insert]");
    if (button) insert(button);
  });
  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-take]");
    if (!choice) return;
    const form = choice.closest("form[data-draft]");
    form.elements.version.value = choice.dataset.version;
    if (choice.dataset.take === "theirs") {
      form.elements.text.value = form.querySelector("[data-their-text]").textContent;
      for (const one of form.querySelectorAll("[data-their]")) form.elements[one.dataset.their].value = one.dataset.value;
    }
    form.querySelector("[data-conflict]").replaceChildren();
    delete form.dataset.conflict;
    if (choice.dataset.take === "theirs") remember(form, null);
    plan(form);
    form.elements.text.focus();
  });
}
