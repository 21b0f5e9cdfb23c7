// The message has arrived: its draft is not needed on this device any more. The page works without this file.
const { keep } = document.querySelector("[data-sent]").dataset;
try { localStorage.removeItem(`otklik:${keep}`); } catch { /* a private window keeps no drafts */ }
