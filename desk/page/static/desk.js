"use strict";
/* Keys for everything: / goes to the search, j and k walk through what is listed, Enter opens it. */
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
    }
  });
})();
