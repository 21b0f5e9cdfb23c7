// Tells the page around how tall the form is; nothing else leaves. The form works without this file.
const tell = () => parent.postMessage({ otklik: "height", height: document.documentElement.scrollHeight }, "*");
if (parent !== window) {
  new ResizeObserver(tell).observe(document.body);
  tell();
}
