"use strict";
// The page is whole without this script; it adds the filters and opens findings
// one by one. What a finding holds waits in its <noscript>, which a browser with
// scripts keeps as text, and a button opens it, since a <details> costs several
// times as much: a page of thousands opens at once.
(() => {
  const mostOpen = 20;
  const findings = Array.from(document.querySelectorAll("article"), (article) => ({
    article,
    button: article.querySelector("button"),
    body: article.querySelector(".body"),
    check: article.dataset.check,
    verdicts: article.dataset.verdicts.split(" "),
    words: article.querySelector(".bar").textContent.toLowerCase(),
  }));
  const byArticle = new Map(findings.map((finding) => [finding.article, finding]));
  const groups = Array.from(document.querySelectorAll("section.group"));
  const chunks = Array.from(document.querySelectorAll(".chunk"), (chunk) => ({chunk, shown: -1}));
  const byChunk = new Map(chunks.map((one) => [one.chunk, one]));
  for (const finding of findings) finding.chunk = byChunk.get(finding.article.parentElement);

  const isOpen = (finding) => finding.button.getAttribute("aria-expanded") === "true";
  const setOpen = (finding, open) => {
    const waiting = open && finding.body.querySelector("noscript");
    if (waiting) finding.body.innerHTML = waiting.textContent;
    finding.body.hidden = !open;
    finding.button.setAttribute("aria-expanded", open);
  };
  // All of the line opens a finding, unless it is being marked for copying.
  document.addEventListener("click", (event) => {
    const bar = event.target.closest("article > .bar");
    if (!bar || (event.target.tagName !== "BUTTON" && !getSelection().isCollapsed)) return;
    const finding = byArticle.get(bar.parentElement);
    setOpen(finding, !isOpen(finding));
  });

  // Opened: a few, or the one that the address names.
  const few = findings.length <= mostOpen;
  for (const finding of findings) setOpen(finding, few);
  const openNamed = () => {
    const finding = byArticle.get(document.getElementById(location.hash.slice(1)));
    if (!finding) return;
    setOpen(finding, true);
    finding.article.scrollIntoView();
  };
  window.addEventListener("hashchange", openNamed);
  openNamed();

  const form = document.getElementById("filters");
  const words = document.getElementById("words");
  const check = document.getElementById("check");
  const environment = document.getElementById("environment");
  const boxes = Array.from(form.querySelectorAll("[name=verdict]"));
  const shown = document.getElementById("shown");

  const apply = () => {
    const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const column = environment && environment.value !== "" ? Number(environment.value) : -1;
    let count = 0;
    const before = chunks.map((one) => one.shown);
    for (const one of chunks) one.shown = 0;
    for (const finding of findings) {
      // The last one is the standing over all environments.
      const own = finding.verdicts;
      const standing = own.at(-1);
      const asked = standing === "suppressed" || standing === "found" ? [standing]
        : column < 0 ? own : [own[column]];
      const fits = asked.some((verdict) => verdicts.has(verdict)) &&
        (!check.value || finding.check === check.value) &&
        wanted.every((word) => finding.words.includes(word));
      if (finding.article.hidden === fits) finding.article.hidden = !fits;
      finding.chunk.shown += fits;
      count += fits;
    }
    chunks.forEach(({chunk, shown}, index) => {
      if (shown === before[index]) return;
      chunk.hidden = shown === 0;
      // Guessed until it has been on the screen: a bar takes a line or two as a rule.
      chunk.style.containIntrinsicHeight = `auto ${3 * shown}rem`;
    });
    for (const group of groups) group.hidden = !group.querySelector(".chunk:not([hidden])");
    shown.textContent = `${count} of ${findings.length} findings`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("open").addEventListener("click", () => {
    for (const finding of findings) if (!finding.article.hidden) setOpen(finding, true);
  });
  document.getElementById("close").addEventListener("click", () => {
    for (const finding of findings) setOpen(finding, false);
  });

  // What is printed is what is shown, opened.
  let closedBefore = [];
  window.addEventListener("beforeprint", () => {
    closedBefore = findings.filter((f) => !f.article.hidden && !isOpen(f));
    for (const finding of closedBefore) setOpen(finding, true);
  });
  window.addEventListener("afterprint", () => {
    for (const finding of closedBefore) setOpen(finding, false);
  });

  form.hidden = findings.length === 0;
  apply();
})();
