"use strict";
/* Keys for everything: / goes to the search, j and k walk through what is listed, Enter opens it; a button that shows a key is pressed by it. */
(function () {
  const listed = () => Array.from(document.querySelectorAll(".hit h2 a, .openings a, .list a b, tbody td:first-child a"));
  const isTyping = (element) => /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.key === "/") {
      event.preventDefault();
      document.getElementById("find").select();
    } else if (event.key === "j" || event.key === "k") {
      const things = listed().map((one) => one.closest("a"));
      const at = things.indexOf(document.activeElement);
      const next = things[event.key === "j" ? at + 1 : Math.max(0, at - 1)];
      if (next) next.focus();
    } else {
      const meant = document.querySelector('[data-key="' + CSS.escape(event.key) + '"]');
      if (meant) meant.click();
    }
  });

  /* What is being done: looked at again every second, as long as something runs. */
  const jobs = document.querySelector(".jobs");
  function follow() {
    fetch("/api/v1/doing")
      .then((answer) => answer.json())
      .then(({ work }) => {
        work.forEach((job) => {
          const shown = jobs.querySelector('[data-job="' + job.id + '"] pre');
          if (shown && job.output) shown.textContent = job.output;
        });
        if (work.some((job) => job.running)) setTimeout(follow, 1000);
        else location.reload();
      })
      .catch(() => setTimeout(follow, 5000));
  }
  if (jobs && jobs.dataset.follow) setTimeout(follow, 1000);
})();
