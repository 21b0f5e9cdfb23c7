// New lines come by themselves; without this script the page is renewed by its forms.
"use strict";
const list = document.getElementById("lines");
const lowest = () => { list.scrollTop = list.scrollHeight; };
let known = list.innerHTML;
async function renew() {
  try {
    const answer = await fetch("lines", { cache: "no-store" });
    const text = await answer.text();
    if (answer.ok && text !== known) {
      known = text;
      list.innerHTML = text;
      lowest();
    }
  } catch (error) {
    // The network is being stopped or started anew: the next time it will answer.
  }
}
async function send(event) {
  event.preventDefault();
  const form = event.target;
  const data = new URLSearchParams(new FormData(form));
  await fetch("./", { method: "POST", body: data, redirect: "manual" });
  if (form.classList.contains("say")) form.reset();
  else if (data.get("text") === "/start") form.remove();
  await renew();
}
document.addEventListener("submit", send);
lowest();
setInterval(renew, 1000);
