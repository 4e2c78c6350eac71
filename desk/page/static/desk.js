"use strict";
/* Keys for everything: / goes to the search, j and k walk through what is listed, Enter opens it; a button that shows a key is pressed by it. */
(function () {
  const all = (what) => Array.from(document.querySelectorAll(what));
  /* Where posts were found, they are what is listed; tables beside them only narrow the search down. */
  const listed = () => (document.querySelector(".hit") ? all(".hit h2 a") : all(".openings a, .list a b, tbody td:first-child a"));
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

  /* Words that are selected in a post's text stand ready in the form that sets them right. */
  const words = document.querySelector(".right [name=words]");
  document.addEventListener("selectionchange", () => {
    const selected = document.getSelection();
    const text = document.querySelector(".text");
    if (!words || !selected.rangeCount || selected.isCollapsed || !text.contains(selected.getRangeAt(0).commonAncestorContainer)) return;
    words.value = selected.toString().trim();
    for (const place of words.form.querySelectorAll("[name=start], [name=end]")) place.disabled = true;
  });

  /* What is being done: the screen is asked for again every second, and what moved in it is put in place. */
  const jobs = document.querySelector(".jobs");
  function follow() {
    fetch("/doing")
      .then((answer) => answer.text())
      .then((html) => {
        const now = new DOMParser().parseFromString(html, "text/html");
        const changed = Array.from(jobs.children).some((job) => {
          const same = now.querySelector('[data-job="' + job.dataset.job + '"]');
          if (!same || same.dataset.running !== job.dataset.running) return true;
          job.querySelector("pre").textContent = same.querySelector("pre").textContent;
          job.querySelector(".advances").replaceChildren(...same.querySelector(".advances").children);
          return false;
        });
        if (changed) location.reload();
        else setTimeout(follow, 1000);
      })
      .catch(() => setTimeout(follow, 5000));
  }
  if (jobs && jobs.dataset.follow) setTimeout(follow, 1000);
})();
