// For the site that shows the form: makes every iframe of ours as tall as the form in it asks. Optional.
addEventListener("message", (event) => {
  if (event.data?.otklik !== "height") return;
  for (const frame of document.querySelectorAll("iframe[data-otklik]")) {
    if (frame.contentWindow !== event.source || new URL(frame.src).origin !== event.origin) continue;
    frame.style.height = `${Math.min(Math.max(Number(event.data.height) || 0, 300), 3000)}px`;
  }
});
