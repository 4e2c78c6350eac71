"use strict";
/* Dragging over the bars of the time asks for the posts of these days; all else of the search works without a script. */
(function () {
  const bars = document.querySelector(".bars");
  if (!bars) return;
  const steps = Array.from(bars.querySelectorAll("a"));
  const days = document.querySelector(".days");
  let began = -1;

  const stepAt = (event) => {
    const within = (event.clientX - bars.getBoundingClientRect().left) / bars.getBoundingClientRect().width;
    const lefts = steps.map((step) => Number(step.querySelector(".all").getAttribute("x")) / bars.viewBox.baseVal.width);
    return Math.max(0, lefts.findLastIndex((left) => left <= within));
  };
  const mark = (one, other) =>
    steps.forEach((step, number) => step.classList.toggle("brushed", number >= Math.min(one, other) && number <= Math.max(one, other)));

  bars.addEventListener("dragstart", (event) => event.preventDefault());
  bars.addEventListener("pointerdown", (event) => {
    if (event.button || event.pointerType === "touch") return; // a finger scrolls; it may tap a bar
    began = stepAt(event);
    bars.setPointerCapture(event.pointerId);
  });
  bars.addEventListener("pointermove", (event) => began >= 0 && mark(began, stepAt(event)));
  bars.addEventListener("pointercancel", () => mark((began = -1), -1));
  bars.addEventListener("pointerup", (event) => {
    if (began < 0) return;
    const [first, last] = [began, stepAt(event)].sort((a, b) => a - b);
    began = -1;
    mark(first, last);
    days.elements.after.value = steps[first].dataset.first;
    days.elements.before.value = steps[last].dataset.last;
    days.requestSubmit();
  });
  bars.addEventListener("click", (event) => event.pointerType !== "touch" && event.detail && event.preventDefault()); // told by pointerup already
})();
