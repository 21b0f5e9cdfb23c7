// Toasts stay 10 s, longer while hovered or focused; one at a time; refusals close by their button.

const LIFE = 10000;

function keep(toast) {
  if (toast.dataset.kept) return;
  toast.dataset.kept = "yes";
  let timer;
  const start = () => { timer = setTimeout(() => toast.remove(), LIFE); };
  const stop = () => clearTimeout(timer);
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

function look() {
  const toasts = [...document.querySelectorAll("[data-toast]")];
  toasts.slice(0, -1).forEach((old) => old.remove());
  if (toasts.length) keep(toasts.at(-1));
}

function networkSentence(words) {
  const alerts = document.getElementById("alerts");
  const box = document.createElement("div");
  const text = document.createElement("p");
  const again = document.createElement("button");
  box.className = "message message--bad";
  text.textContent = words;
  again.className = "btn right";
  again.type = "button";
  again.textContent = "Обновить страницу";
  again.addEventListener("click", () => location.reload());
  box.append(text, again);
  alerts?.replaceChildren(box);
}

export function startToasts() {
  look();
  new MutationObserver(look).observe(document.getElementById("toasts"), { childList: true });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-close]")) event.target.closest(".message")?.remove();
  });
  const quiet = (event) => event.target.closest?.("[data-quiet]");
  document.addEventListener("htmx:sendError", (event) => quiet(event) || networkSentence("Нет связи с сервером. Набранный текст цел: повторите, когда связь вернётся."));
  document.addEventListener("htmx:timeout", (event) => quiet(event) || networkSentence("Сервер не ответил за 10 секунд. Набранный текст цел: повторите."));
  document.addEventListener("htmx:responseError", (event) => {
    if (quiet(event)) return;
    networkSentence(event.detail.xhr.status === 404 ? "Этого больше нет или у вас нет права это видеть. Обновите страницу." : "Сервер не выполнил действие, ничего не изменено. Повторите; если не выйдет — скажите администратору время.");
  });
}
