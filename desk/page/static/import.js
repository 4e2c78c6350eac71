"use strict";
/* Files that are dragged in or chosen go to the server one after the other; then it is asked what is in them. */
(function () {
  const drop = document.querySelector(".drop");
  const say = drop.dataset;
  const list = drop.querySelector(".taking");

  /* What was dragged, folders walked through: pairs of path and file. */
  async function walk(entry) {
    if (entry.isFile) return [[entry.fullPath.replace(/^\//, ""), await new Promise((done, fail) => entry.file(done, fail))]];
    const reader = entry.createReader();
    const found = [];
    for (let part; (part = await new Promise((done, fail) => reader.readEntries(done, fail))).length; ) found.push(...part);
    return (await Promise.all(found.map(walk))).flat();
  }

  function show(path) {
    const line = document.createElement("li");
    const bar = document.createElement("progress");
    const words = document.createElement("span");
    bar.setAttribute("aria-label", path);
    words.dir = "auto";
    words.textContent = say.taking + " " + path;
    line.append(bar, " ", words);
    list.append(line);
    return [bar, words];
  }

  function take(path, file) {
    const [bar, words] = show(path);
    return new Promise((done) => {
      const request = new XMLHttpRequest(); // fetch tells nothing of how far it is
      const failed = (told) => {
        words.className = "wrong";
        words.textContent = path + ": " + ((told && told.error + " " + told.remedy) || say.lost);
        done(false);
      };
      request.open("PUT", "/import/" + say.held + "/file?path=" + encodeURIComponent(path));
      request.setRequestHeader("X-Jejak-Mark", say.mark);
      request.responseType = "json";
      request.upload.onprogress = (event) => {
        bar.max = event.total;
        bar.value = event.loaded;
      };
      request.onload = () => {
        if (request.status !== 201) return failed(request.response);
        bar.max = bar.value = 1;
        words.textContent = path + ": " + say.taken;
        done(true);
      };
      request.onerror = () => failed(null);
      request.send(file);
    });
  }

  async function takeAll(pairs) {
    let refused = 0;
    for (const [path, file] of pairs) if (!(await take(path, file))) refused += 1;
    if (pairs.length > refused && !refused) location.href = "/import/" + say.held;
    else if (pairs.length > refused) offerRest();
  }

  /* Some files were refused: the person reads why, and goes on with the others. */
  function offerRest() {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = "/import/" + say.held;
    link.textContent = say.rest;
    link.className = "button";
    line.append(link);
    list.append(line);
  }

  drop.querySelectorAll("input").forEach((input) =>
    input.addEventListener("change", () => takeAll(Array.from(input.files, (file) => [file.webkitRelativePath || file.name, file])))
  );
  drop.querySelectorAll("[data-opens]").forEach((button) => button.addEventListener("click", () => drop.querySelector("#" + button.dataset.opens).click()));
  const over = (event) => {
    event.preventDefault();
    drop.classList.toggle("over", event.type !== "dragleave");
  };
  ["dragenter", "dragover", "dragleave"].forEach((kind) => document.addEventListener(kind, over));
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    const entries = Array.from(event.dataTransfer.items, (item) => item.webkitGetAsEntry()).filter(Boolean);
    const single = Array.from(event.dataTransfer.files, (file) => [file.name, file]);
    takeAll(entries.length ? (await Promise.all(entries.map(walk))).flat() : single);
  });
})();
