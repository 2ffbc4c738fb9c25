// A form goes out once: the first press always does, a second one within ten seconds does not.
"use strict";

{
  const PAUSE = 10000;
  const gone = new WeakMap();

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") {
      return;
    }
    const last = gone.get(form);
    if (last !== undefined && Date.now() - last < PAUSE) {
      event.preventDefault();
      return;
    }
    gone.set(form, Date.now());
  });

  // A page shown again with «back» is ready for a new press
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) {
      document.querySelectorAll("form").forEach((form) => gone.delete(form));
    }
  });
  document.addEventListener("htmx:afterRequest", (event) => gone.delete(event.target.closest("form")));
  document.addEventListener("click", (event) => {
    if (event.target.closest("[aria-disabled='true']")) {
      event.preventDefault();
    }
  });
}
