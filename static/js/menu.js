// The person's menu closes with Escape, and when you go somewhere else. An error summary is read out first.
"use strict";

{
  const close = (menu, back) => {
    menu.open = false;
    if (back) {
      menu.querySelector("summary").focus();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      document.querySelectorAll("details.nv-who[open]").forEach((menu) => close(menu, menu.contains(document.activeElement)));
    }
  });
  const leave = (event) => {
    document.querySelectorAll("details.nv-who[open]").forEach((menu) => {
      if (!menu.contains(event.target)) {
        close(menu, false);
      }
    });
  };
  document.addEventListener("click", leave);
  document.addEventListener("focusin", leave);

  const errors = document.querySelector(".aksel-error-summary");
  if (errors !== null) {
    errors.focus();
  }
}
