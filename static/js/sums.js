// Keeps the sum of the weights of a stage true while they are written. Without it the sum is right when the page is shown.
"use strict";

// The weight of a price counts only while the choice beside it is another than «no»
const counts = ({ dataset }) => {
  const chosen = dataset.sumIf && document.querySelector(`[name="${dataset.sumIf}"]:checked`);
  return !chosen || chosen.value !== dataset.sumNot;
};

for (const line of document.querySelectorAll("[data-sum-of]")) {
  const inputs = [...document.querySelectorAll(`[data-sum="${line.dataset.sumOf}"]`)];
  const add = () => {
    let sum = 0;
    for (const input of inputs.filter(counts)) {
      sum += Math.round(Number(input.value.replace(",", ".").replace("%", "")) * 100) || 0;
    }
    line.textContent = line.dataset.sumText.replace("%sum%", String(sum / 100).replace(".", ","));
  };
  for (const input of inputs) {
    input.addEventListener("input", add);
    for (const choice of document.querySelectorAll(`[name="${input.dataset.sumIf}"]`)) {
      choice.addEventListener("change", add);
    }
  }
  // Somebody may have written before this was loaded
  add();
}
