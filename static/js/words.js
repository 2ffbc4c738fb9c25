// Counts words while you write, by the server's rule: what stands between white space.
"use strict";

{
  const count = (text) => text.split(/\s+/u).filter((word) => word !== "").length;

  const fill = (pattern, values) => Object.entries(values).reduce((text, [name, value]) => text.replace(`{${name}}`, value), pattern);

  const sentence = (meter, words, limit) => {
    const over = words - limit;
    if (over > 0) {
      return fill(over === 1 ? meter.dataset.overOne : meter.dataset.over, { over });
    }
    return fill(over === -1 ? meter.dataset.leftOne : meter.dataset.left, { left: -over, limit });
  };

  const show = (field, meter) => {
    const words = count(field.value);
    const limit = Number(meter.dataset.limit);
    meter.classList.toggle("is-over", words > limit);
    meter.querySelector("meter").value = words;
    meter.querySelector("span").textContent = sentence(meter, words, limit);
  };

  const follow = (meter) => {
    const field = document.getElementById(meter.dataset.wordsFor);
    if (field === null || meter.dataset.followed) {
      return;
    }
    meter.dataset.followed = "true";
    field.addEventListener("input", () => show(field, meter));
    show(field, meter);
  };

  const followAll = (root) => root.querySelectorAll("[data-words-for]").forEach(follow);

  followAll(document);
  document.addEventListener("htmx:load", (event) => followAll(event.target));
}
