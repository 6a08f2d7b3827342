"use strict";
/* Draws an article coloured by class, and places beside each other, from the data that
   `dedupe.formats.html` makes of them. Text only ever becomes text: no markup is parsed. */
const dedupe = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const CLASSES = ["original", "reuse", "repetition", "boilerplate"];
  /* Characters of an article that are drawn at once, and of one line that are one block. */
  const STEP = 60000;
  const BLOCK = 4000;

  /* An element: `properties` become attributes, `on…` listeners; children are elements or text. */
  function el(name, properties, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(properties || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else made.setAttribute(key, value === true ? "" : String(value));
    }
    made.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return made;
  }

  const number = (value) => value.toLocaleString("en-US");
  const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many || one + "s"}`;
  const lines = (first, last) => (first === last ? `line ${number(first)}` : `lines ${number(first)}–${number(last)}`);
  /* With a direction of its own, so that it says nothing about that of the text around it. */
  const hidden = (text) => el("span", { class: "vh", dir: "ltr" }, text);

  /* The classes of an article as a bar; what it says stands beside it in words. */
  function bar(parts) {
    const drawn = document.createElementNS(SVG, "svg");
    for (const [name, value] of Object.entries({ class: "bar", "aria-hidden": "true", width: "100%", height: "100%" }))
      drawn.setAttribute(name, value);
    let left = 0;
    parts.forEach((part, at) => {
      if (part > 0) {
        const rect = document.createElementNS(SVG, "rect");
        rect.setAttribute("x", `${100 * left}%`);
        rect.setAttribute("width", `${100 * part}%`);
        rect.setAttribute("height", "100%");
        rect.setAttribute("class", CLASSES[at]);
        drawn.append(rect);
      }
      left += part;
    });
    return drawn;
  }

  /* An article */

  /* The stretches of an article as lines: each with its number and its parts, none longer than BLOCK. */
  function blocksOf(stretches) {
    const blocks = [];
    let line = 1;
    let block = { line: 1, parts: [], size: 0, goesOn: false };
    const close = (goesOn) => {
      if (block.parts.length) blocks.push(block);
      block = { line, parts: [], size: 0, goesOn };
    };
    for (const stretch of stretches) {
      const [kind, text, finding] = typeof stretch === "string" ? [0, stretch, -1] : stretch;
      let from = 0;
      while (from < text.length) {
        let end = text.indexOf("\n", from);
        const broken = end >= 0;
        if (!broken) end = text.length;
        while (end - from > BLOCK - block.size) {
          const room = Math.max(BLOCK - block.size, 1);
          let cut = text.lastIndexOf(" ", from + room) + 1;
          if (cut <= from) cut = from + room;
          /* Never between the two halves of one character. */
          const code = text.charCodeAt(cut - 1);
          if (code >= 0xd800 && code < 0xdc00) cut += 1;
          block.parts.push([kind, text.slice(from, cut), finding, from === 0]);
          from = cut;
          close(true);
        }
        if (end > from) {
          block.parts.push([kind, text.slice(from, end), finding, from === 0]);
          block.size += end - from;
        }
        from = end;
        if (broken) {
          line += 1;
          from += 1;
          close(false);
        }
      }
    }
    close(false);
    return blocks;
  }

  /* Draws an article's text into an element, STEP characters at a time.

     about(finding): null, or { label, href } of the finding that a stretch is part of. */
  function article(stretches, about, line) {
    const blocks = blocksOf(stretches);
    const text = el("div", { class: "text" });
    let first = line ? blocks.findIndex((block) => block.line >= line) : 0;
    if (first < 0) first = Math.max(blocks.length - 1, 0);
    /* A little of what stands before the line that was asked for. */
    let target = first;
    for (let size = 0; line && first > 0 && size < 2000; first -= 1) size += blocks[first - 1].size;
    let start = first;
    let end = first;

    function draw(block) {
      const drawn = el("p", {
        dir: "auto",
        class: block.goesOn ? "goes-on" : null,
        "data-line": block.goesOn ? null : block.line,
      });
      for (const [kind, said, finding, starts] of block.parts) {
        const found = finding >= 0 && starts ? about(finding) : null;
        if (kind === 0 && !found) {
          drawn.append(finding < 0 ? said : el("mark", { class: "original" }, said));
          continue;
        }
        const what = kind ? CLASSES[kind] : "the kept copy of";
        const ref = found
          ? el("a", { class: "ref", dir: "ltr", href: found.href }, hidden(`${what}, finding `), found.label)
          : hidden(`${what}: `);
        drawn.append(el("mark", { class: CLASSES[kind] }, ref, said));
      }
      return drawn;
    }

    const earlier = el("button", { type: "button", class: "more", onclick: () => up() });
    const later = el("button", { type: "button", class: "more", onclick: () => down(true) });

    function label() {
      const size = (from, to) => blocks.slice(from, to).reduce((sum, block) => sum + block.size, 0);
      earlier.hidden = start === 0;
      later.hidden = end === blocks.length;
      if (start > 0) earlier.textContent = `Show what stands before (${number(size(0, start))} characters)`;
      if (end < blocks.length) later.textContent = `Show more (${number(size(end))} characters are left)`;
    }

    function down(focus) {
      const added = [];
      for (let size = 0; end < blocks.length && size < STEP; end += 1) {
        added.push(draw(blocks[end]));
        size += blocks[end].size;
      }
      text.append(...added);
      label();
      if (focus && added.length && later.hidden) {
        added[0].tabIndex = -1;
        added[0].focus({ preventScroll: true });
      }
    }

    function up() {
      const added = [];
      const height = document.documentElement.scrollHeight;
      for (let size = 0; start > 0 && size < STEP; start -= 1) {
        added.unshift(draw(blocks[start - 1]));
        size += blocks[start - 1].size;
      }
      text.prepend(...added);
      label();
      window.scrollBy(0, document.documentElement.scrollHeight - height);
    }

    down(false);
    const watch = new IntersectionObserver(
      (seen) => seen.some((each) => each.isIntersecting) && !later.hidden && down(false),
      { rootMargin: "600px" },
    );
    watch.observe(later);
    const drawn = el("div", { class: "article" }, earlier, text, later);
    return { drawn, at: line ? text.children[target - first] : null };
  }

  /* Places beside each other */

  /* Pieces of a side as text; `tag` marks what differs. */
  function flow(pieces, tag) {
    const text = el("div", { class: "flow", dir: "auto" });
    let line = el("p", { dir: "auto" });
    const say = (into, said) => {
      said.split("\n").forEach((part, at) => {
        if (at) {
          text.append(line);
          line = el("p", { dir: "auto" });
          into = into === null ? null : into.cloneNode(false);
        }
        if (!part) return;
        if (into === null) line.append(part);
        else {
          into.append(part);
          line.append(into);
        }
      });
    };
    for (const piece of pieces) {
      if (piece === 0) line.append(el("span", { class: "cut" }, hidden("(words left out)"), el("span", { "aria-hidden": "true" }, "…")));
      else if (typeof piece === "string") say(null, piece);
      else say(el(tag), piece[0]);
    }
    text.append(line);
    return text;
  }

  const ROLES = {
    again: (label) => `repeats ${label}`,
    only: () => "only here",
    boilerplate: () => "boilerplate",
  };

  /* Rows of two sides; `names` head the columns. */
  function rows(laidOut, names) {
    const drawn = el("div", { class: "sides" });
    drawn.append(el("div", { class: "heads" }, names.map((name) => el("div", { class: "head" }, name))));
    for (const row of laidOut) {
      const cells = [row.left, row.right].map((side, at) => {
        if (!side) return el("div", { class: "side none" });
        const [first, last, pieces] = side;
        const said = [el("span", { class: "side-name" }, at ? "B" : "A"), lines(first, last)];
        if (row.label) said.unshift(el("span", { class: "link-label" }, hidden("passage "), row.label));
        const about = ROLES[row.role] ? ROLES[row.role](row.label) : row.label ? (row.edited ? "edited" : "the same") : null;
        if (about) said.push(el("span", { class: "remark" }, about));
        if (row.moved) said.push(el("span", { class: "remark" }, "moved"));
        return el(
          "div",
          { class: `side ${row.role}` },
          el("p", { class: "side-head" }, said.flatMap((each, n) => (n ? [" ", each] : [each]))),
          pieces.length ? flow(pieces, at ? "ins" : "del") : null,
        );
      });
      drawn.append(el("div", { class: "row" }, cells));
    }
    return drawn;
  }

  return { CLASSES, article, bar, count, el, flow, hidden, lines, number, rows };
})();
