"use strict";
/* The report's tables and views. What a view needs is read when it is opened, and long lists are made
   as far as they are read. */
(() => {
  const { article, bar, count, el, flow, hidden, lines, number, rows } = dedupe;
  const SEVERITIES = ["error", "warning", "info"];
  const KINDS = ["repetition", "reuse", "near-duplicate", "boilerplate"];
  const PAGE = 50;

  const read = (id) => {
    const block = document.getElementById(`data-${id}`);
    return block ? JSON.parse(block.textContent) : null;
  };
  const data = read("index");
  const { documents, findings, sources, codes } = data;
  const byId = new Map(findings.map((finding, at) => [finding.id, at]));
  const total = document.title;
  const pair = read("pair");
  const start = pair ? "pair" : "summary";

  /* Which articles of the table take part in a finding. */
  const members = findings.map(() => []);
  documents.forEach((each, row) => each.findings.forEach((at) => members[at].push(row)));

  const chunks = new Map();
  function details(at) {
    const chunk = Math.floor(at / data.chunk);
    if (!chunks.has(chunk)) chunks.set(chunk, read(`findings-${chunk}`));
    return chunks.get(chunk)[at % data.chunk];
  }

  const name = (row) => (typeof row === "number" ? documents[row].id : row);
  const isolated = (text) => el("bdi", {}, text);
  const linked = (row, line) =>
    typeof row === "number"
      ? el("a", { href: `#article-${row}${line ? `:${line}` : ""}` }, isolated(name(row)))
      : isolated(row);
  const body = (id) => document.querySelector(`#${id} .body`);

  /* A list that is made PAGE items at a time, further ones when its end comes into view. */
  function growing(into, make, what) {
    let items = [];
    let shown = 0;
    const more = el("button", { type: "button", class: "more", onclick: () => grow(true) });
    const watch = new IntersectionObserver(
      (seen) => seen.some((each) => each.isIntersecting) && !more.hidden && grow(false),
      { rootMargin: "800px" },
    );
    watch.observe(more);
    function grow(focus) {
      const added = items.slice(shown, shown + PAGE).map(make);
      into.append(...added);
      shown += added.length;
      more.hidden = shown >= items.length;
      more.textContent = `Show more (${count(items.length - shown, what)} left)`;
      if (focus && added.length) {
        const target = added[0].querySelector("summary, a") || added[0];
        target.focus({ preventScroll: true });
      }
    }
    return {
      more,
      show(found) {
        items = found;
        shown = 0;
        into.replaceChildren();
        grow(false);
      },
    };
  }

  /* Waits until nobody has typed for a moment. */
  function settled(act) {
    let timer = 0;
    return () => {
      clearTimeout(timer);
      timer = setTimeout(act, 150);
    };
  }

  function select(label, options, act) {
    const made = el("select", { onchange: act }, options.map(([value, text]) => el("option", { value }, text)));
    return [el("label", { class: "control" }, el("span", {}, label), made), made];
  }

  function search(label, act) {
    const made = el("input", { type: "search", oninput: settled(act), autocomplete: "off", spellcheck: "false" });
    return [el("label", { class: "control wide" }, el("span", {}, label), made), made];
  }

  const holds = (text, wanted) => text !== undefined && text.toLowerCase().includes(wanted);

  /* Articles */

  const COLUMNS = [
    { label: "Article", key: (each) => (each.title || each.id).toLowerCase(), first: 1 },
    { label: "Source", key: (each) => (each.source === undefined ? "" : sources[each.source].toLowerCase()), first: 1 },
    { label: "Words", key: (each) => each.words, first: -1, right: true },
    { label: "Not original", key: (each) => (each.words ? 1 - each.parts[0] : 0), first: -1, right: true },
    { label: "Made of", key: null },
    { label: "Findings", key: (each) => each.all, first: -1, right: true },
  ].filter((column) => column.label !== "Source" || sources.length > 1);

  const said = (each) =>
    dedupe.CLASSES.filter((_, at) => each.parts[at] > 0)
      .map((kind) => `${kind} ${Math.round(100 * each.parts[dedupe.CLASSES.indexOf(kind)])}%`)
      .join(", ");

  const ARTICLE = {
    Article: (each, row) =>
      el(
        "th",
        { scope: "row" },
        el("a", { href: `#article-${row}` }, each.title ? isolated(each.title) : isolated(each.id)),
        each.title ? el("small", {}, isolated(each.id)) : null,
      ),
    Source: (each) => el("td", { "data-label": "source" }, each.source === undefined ? "" : isolated(sources[each.source])),
    Words: (each) => el("td", { class: "right", "data-label": "words" }, number(each.words)),
    "Not original": (each) => el("td", { class: "right", "data-label": "not original" }, each.share),
    "Made of": (each) => el("td", { class: "parts" }, bar(each.parts), hidden(said(each) || "no words")),
    Findings: (each) => el("td", { class: "right", "data-label": "findings" }, number(each.all)),
  };

  function makeArticles() {
    const table = el("tbody");
    const status = el("p", { class: "status", role: "status" });
    const list = growing(
      table,
      (row) => el("tr", {}, COLUMNS.map((column) => ARTICLE[column.label](documents[row], row))),
      "article",
    );
    let by = null;
    let way = 1;
    const heads = COLUMNS.map((column) => {
      if (!column.key) return el("th", { scope: "col" }, column.label);
      const head = el(
        "th",
        { scope: "col", class: column.right ? "right" : null },
        el("button", { type: "button", onclick: () => sort(column, head) }, column.label, el("span", { class: "arrow", "aria-hidden": "true" })),
      );
      return head;
    });
    function sort(column, head) {
      way = by === column ? -way : column.first;
      by = column;
      heads.forEach((each) => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", way > 0 ? "ascending" : "descending");
      show();
    }
    const [searching, wanted] = search("Search", show);
    const [choosing, chosen] = select(
      "With",
      [["", "anything"], ["1", "reuse"], ["2", "repetition"], ["3", "boilerplate"], ["clean", "original words only"]],
      show,
    );
    const [fromSource, source] = select("Source", [["", "all"], ...sources.map((each, at) => [at, each])], show);
    function show() {
      const text = wanted.value.trim().toLowerCase();
      let found = documents.map((_, row) => row).filter((row) => {
        const each = documents[row];
        if (text && !holds(each.id, text) && !holds(each.title, text)) return false;
        if (source.value !== "" && String(each.source) !== source.value) return false;
        if (chosen.value === "clean") return each.parts[0] === 1 || !each.words;
        return chosen.value === "" || each.parts[Number(chosen.value)] > 0;
      });
      if (by) {
        const keys = new Map(found.map((row) => [row, by.key(documents[row])]));
        found.sort((one, other) => {
          const [a, b] = [keys.get(one), keys.get(other)];
          return (a < b ? -way : a > b ? way : 0) || one - other;
        });
      }
      status.textContent = found.length === documents.length ? count(found.length, "article") : `${number(found.length)} of ${count(documents.length, "article")}`;
      list.show(found);
    }
    const into = body("articles");
    into.append(
      el("div", { class: "controls" }, searching, choosing, sources.length > 1 ? fromSource : null),
      status,
      el("table", { class: "articles" }, el("caption", { class: "vh" }, "Articles, worst first unless sorted"), el("thead", {}, el("tr", {}, heads)), table),
      list.more,
    );
    show();
  }

  /* Findings */

  const between = (finding) => {
    const named = finding.in.map((row) => isolated(name(row)));
    const more = finding.documents - named.length;
    if (more > 0) named.push(`${number(more)} more`);
    return named.flatMap((each, at) => (at ? [" · ", each] : [each]));
  };

  function badge(finding) {
    const severity = SEVERITIES[finding.severity];
    return el("span", { class: `badge ${severity}` }, severity);
  }

  const titleOf = (finding) => [el("strong", {}, finding.code), ` ${finding.kind}: ${codes[finding.code][0]}`];

  function head(finding) {
    return [
      el("span", { class: "title" }, badge(finding), " ", titleOf(finding), finding.remarks ? el("span", { class: "remarks" }, ` (${finding.remarks.join(", ")})`) : null),
      el("span", { class: "facts" }, [count(finding.words, "word"), count(finding.occurrences, "place"), ...finding.like].join(", ")),
      el("span", { class: "between" }, between(finding)),
      finding.says ? el("span", { class: "says", dir: "auto" }, finding.says) : null,
    ];
  }

  /* What a finding says when it is opened. */
  function opened(at) {
    const finding = findings[at];
    const held = details(at);
    const parts = [el("p", { class: "meaning" }, codes[finding.code][1])];
    if (held.allowed !== null) parts.push(el("p", {}, "Allowed: ", isolated(held.allowed)));
    if (held.template) parts.push(el("p", { class: "template" }, "Template: ", el("q", {}, isolated(held.template))));
    if (held.evidence.length)
      parts.push(
        el(
          "ul",
          { class: "evidence" },
          held.evidence.map(([signal, detail, weight]) =>
            el(
              "li",
              {},
              el("span", { class: "signal" }, signal),
              " ",
              isolated(detail),
              weight === null ? null : el("span", { class: "weight" }, ` ${weight > 0 ? "+" : weight < 0 ? "−" : ""}${Math.abs(weight).toFixed(1)}`),
            ),
          ),
        ),
      );
    parts.push(placesOf(finding, held));
    if (held.compared.length) parts.push(comparison(held));
    parts.push(
      el("p", { class: "id" }, el("a", { href: `#finding-${finding.id}` }, "Link to this finding"), " ", el("code", {}, finding.id)),
    );
    return el("div", { class: "finding-body" }, parts);
  }

  function placesOf(finding, held) {
    const several = finding.occurrences > 1;
    const items = held.places.map(([row, first, last, keep, like]) =>
      el(
        "li",
        {},
        linked(row, first),
        el("span", { class: "lines" }, ` ${lines(first, last)}`),
        several && keep ? el("span", { class: "keep" }, "kept") : null,
        like !== null && finding.occurrences > 2 ? el("span", { class: "like" }, `Jaccard ${like}`) : null,
      ),
    );
    const left = finding.occurrences - held.places.length;
    return el(
      "div",
      { class: "places" },
      el("ol", {}, items),
      left > 0 ? el("p", {}, `and ${count(left, "more place")}`) : null,
    );
  }

  const all = (numbers) =>
    numbers.length > 6
      ? `${count(numbers.length, "place")}`
      : numbers.map((each) => number(each + 1)).join(", ").replace(/, ([^,]*)$/, " and $1");

  /* Places beside each other; where there are several to choose from, one is shown. */
  function comparison(held) {
    const into = el("div", { class: "compared" });
    const show = (each) => into.replaceChildren(...drawnOf(each, held));
    show(held.compared[0]);
    if (held.compared.length < 2) return into;
    const label = (each) =>
      each.how === "identical" ? `the same in ${all(each.of)}` : `place ${each.of[0] + 1} beside place ${each.of[1] + 1}`;
    const [control, chosen] = select("Show", held.compared.map((each, at) => [at, label(each)]), () => show(held.compared[Number(chosen.value)]));
    return el("div", {}, control, into);
  }

  function drawnOf(each, held) {
    if (each.how === "identical") {
      const [, , pieces] = each.rows[0].left;
      const what = each.of.length > 1 ? `Identical in places ${all(each.of)}` : null;
      return [what ? el("p", { class: "how" }, what) : null, flow(pieces, "del")].filter(Boolean);
    }
    const names = each.of.map((at, side) => {
      const [row, first] = held.places[at];
      return el("span", {}, el("span", { class: "side-name" }, "AB"[side]), " ", linked(row, first), ` (place ${at + 1})`);
    });
    const how = {
      edited: null,
      signs: "The same words; case or punctuation differs.",
      unmarked: "Differences are not marked: this report has too many findings.",
      wholes: each.shares ? `${each.shares[0]} of A’s words stand in B, ${each.shares[1]} of B’s in A.` : null,
    }[each.how];
    return [how ? el("p", { class: "how" }, how) : null, legendOf(each), rows(each.rows, names)].filter(Boolean);
  }

  function legendOf(each) {
    const marked = each.rows.some((row) => [row.left, row.right].some((side) => side && side[2].some(Array.isArray)));
    if (!marked) return null;
    return el("p", { class: "key" }, el("del", {}, "only in A"), " ", el("ins", {}, "only in B"), "; case and punctuation are not compared");
  }

  function card(at) {
    const finding = findings[at];
    const made = el("details", { class: `finding ${SEVERITIES[finding.severity]}`, "data-finding": at }, el("summary", {}, head(finding)));
    made.addEventListener("toggle", () => {
      if (made.open && made.children.length === 1) made.append(opened(at));
    });
    return el("li", {}, made);
  }

  let showFindings = null;

  function makeFindings() {
    const into = el("ol", { class: "cards" });
    const status = el("p", { class: "status", role: "status" });
    const list = growing(into, card, "finding");
    const [searching, wanted] = search("Search", show);
    const [ofSeverity, severity] = select("Severity", [["", "all"], ...SEVERITIES.map((each) => [each, each])], show);
    const [ofKind, kind] = select("Kind", [["", "all"], ...KINDS.map((each) => [each, each])], show);
    const [ofCode, code] = select("Code", [["", "all"], ...Object.entries(codes).map(([each, about]) => [each, `${each} ${about[0]}`])], show);
    const [ofRemark, remark] = select("Gate", [["", "all"], ["new", "new"], ["known", "known"], ["allowed", "allowed"]], show);
    const [ordering, order] = select(
      "Order",
      [["", "worst first"], ["words", "most words"], ["places", "most places"], ["alike", "most alike"], ["unlike", "least alike"]],
      show,
    );
    const KEYS = {
      words: (each) => -each.words,
      places: (each) => -each.occurrences,
      alike: (each) => -(each.jaccard === null ? -1 : each.jaccard),
      unlike: (each) => (each.jaccard === null ? 2 : each.jaccard),
    };
    /* Two articles or sources that findings are to have in common. */
    let two = null;
    const limit = el("p", { class: "limit", hidden: true });

    function inTwo(at) {
      const finding = findings[at];
      const { what, one, other } = two;
      const shares = finding.kind === "reuse" || finding.kind === "near-duplicate";
      const here = members[at];
      if (what === "articles") {
        if (one === other) return finding.kind === "repetition" && here.includes(one);
        return shares && here.includes(one) && here.includes(other);
      }
      const of = (wanted) => here.filter((row) => documents[row].source === wanted).length;
      return shares && (one === other ? of(one) > 1 : of(one) > 0 && of(other) > 0);
    }

    function holdsText(finding, text) {
      if (holds(finding.id, text) || holds(finding.says, text)) return true;
      return finding.in.some((row) => holds(name(row), text) || (typeof row === "number" && holds(documents[row].title, text)));
    }

    function show() {
      const text = wanted.value.trim().toLowerCase();
      const found = findings.map((_, at) => at).filter((at) => {
        const each = findings[at];
        if (severity.value && SEVERITIES[each.severity] !== severity.value) return false;
        if (kind.value && each.kind !== kind.value) return false;
        if (code.value && each.code !== code.value) return false;
        const remarks = each.remarks || [];
        if (remark.value && (remark.value === "new" ? remarks.length : !remarks.includes(remark.value))) return false;
        if (two && !inTwo(at)) return false;
        return !text || holdsText(each, text) || members[at].some((row) => holds(documents[row].id, text));
      });
      if (order.value) {
        const key = KEYS[order.value];
        found.sort((one, other) => key(findings[one]) - key(findings[other]) || one - other);
      }
      status.textContent = found.length === findings.length ? count(found.length, "finding") : `${number(found.length)} of ${count(findings.length, "finding")}`;
      list.show(found);
    }

    showFindings = (asked) => {
      /* Who comes back finds the list as it was left. */
      if (asked === undefined && findings.length && !two && into.children.length) return;
      const query = new URLSearchParams(asked || "");
      wanted.value = "";
      remark.value = "";
      severity.value = query.get("severity") || "";
      kind.value = query.get("kind") || "";
      code.value = query.get("code") || "";
      two = null;
      for (const what of ["articles", "sources"]) {
        const given = (query.get(what) || "").match(/^(\d+)-(\d+)$/);
        const held = what === "articles" ? documents : sources;
        if (given && Number(given[1]) < held.length && Number(given[2]) < held.length)
          two = { what, one: Number(given[1]), other: Number(given[2]) };
      }
      limit.hidden = two === null;
      if (two) {
        const named = (each) => isolated(two.what === "articles" ? documents[each].id : sources[each]);
        const words = two.one === two.other ? ["Only what concerns ", named(two.one)] : ["Only what ", named(two.one), " and ", named(two.other), " have in common"];
        limit.replaceChildren(...words, ". ", el("a", { href: "#findings" }, "Show all findings"));
      }
      show();
    };

    body("findings").append(el("div", { class: "controls" }, searching, ofSeverity, ofKind, ofCode, findings.some((each) => each.remarks) ? ofRemark : null, ordering), limit, status, into, list.more);
    if (!findings.length) body("findings").replaceChildren(el("p", { class: "nothing" }, "There are no findings."));
  }

  function showFinding(at) {
    const finding = findings[at];
    document.getElementById("finding-heading").replaceChildren(badge(finding), " ", ...titleOf(finding));
    body("finding").replaceChildren(
      el(
        "p",
        { class: "facts" },
        [count(finding.words, "word"), count(finding.occurrences, "place"), ...finding.like].join(", "),
      ),
      opened(at),
      el(
        "nav",
        { class: "steps", "aria-label": "Neighbouring findings" },
        at > 0 ? el("a", { href: `#finding-${findings[at - 1].id}` }, "← worse") : null,
        el("a", { href: "#findings" }, "all findings"),
        at + 1 < findings.length ? el("a", { href: `#finding-${findings[at + 1].id}` }, "less bad →") : null,
      ),
    );
  }

  /* An article */

  function showArticle(row, line) {
    const each = documents[row];
    document.getElementById("article-heading").replaceChildren(isolated(each.title || each.id));
    const facts = [count(each.words, "word"), `${each.share} not original`];
    const order = new Map(each.findings.map((at, place) => [at, place + 1]));
    const listed = el(
      "ol",
      { class: "refs" },
      each.findings.map((at) =>
        el("li", {}, el("a", { href: `#finding-${findings[at].id}` }, badge(findings[at]), " ", titleOf(findings[at])), el("span", { class: "facts" }, ` ${count(findings[at].words, "word")}, ${count(findings[at].occurrences, "place")}`)),
      ),
    );
    const left = each.all - each.findings.length;
    const legend = el(
      "ul",
      { class: "classes" },
      dedupe.CLASSES.map((kind, at) => [kind, each.parts[at]])
        .filter(([, part]) => part > 0)
        .map(([kind]) => el("li", {}, el("span", { class: `swatch ${kind}`, "aria-hidden": "true" }), kind)),
    );
    const stretches = read(`article-${row}`);
    const about = (at) => (order.has(at) ? { label: String(order.get(at)), href: `#finding-${findings[at].id}` } : null);
    const text = stretches ? article(stretches, about, line) : null;
    body("article").replaceChildren(
      el("p", { class: "name" }, each.title ? el("code", {}, isolated(each.id)) : null, each.source === undefined ? null : el("span", {}, " ", isolated(sources[each.source]))),
      el("p", { class: "facts" }, facts.join(", ")),
      el("div", { class: "article-bar" }, bar(each.parts), hidden(said(each))),
      legend,
      el(
        "div",
        { class: "reading" },
        text ? text.drawn : el("p", { class: "notice" }, data.texts ? "The text of this article is not in the page: the worst articles filled it." : "The texts of articles are not in this page."),
        el("aside", { "aria-labelledby": "article-findings" }, el("h3", { id: "article-findings" }, "Findings here"), each.findings.length ? listed : el("p", {}, left ? "" : "None."), left ? el("p", {}, `${count(left, "finding")} more ${left === 1 ? "is" : "are"} not in the page.`) : null),
      ),
    );
    return text ? text.at : null;
  }

  /* Where one is: the part after # */

  const made = new Set();
  function once(part, make) {
    if (!made.has(part)) make();
    made.add(part);
  }

  function route() {
    const [path, query] = location.hash.slice(1).split("?");
    const [, one, rest] = path.match(/^(article|finding)-(.+)$/) || [null, path, ""];
    let part = one;
    let target = null;
    if (part === "article") {
      const [row, line] = rest.split(":").map(Number);
      if (documents[row]) target = showArticle(row, line || 0);
      else part = "articles";
    } else if (part === "finding") {
      const at = byId.has(rest) ? byId.get(rest) : /^\d{1,6}$/.test(rest) && findings[Number(rest)] ? Number(rest) : -1;
      if (at >= 0) showFinding(at);
      else part = "findings";
    }
    const sections = [...document.querySelectorAll("main > section")];
    if (!sections.some((each) => each.id === part)) part = start;
    if (part === "articles") once(part, makeArticles);
    if (part === "findings") {
      once(part, makeFindings);
      if (findings.length) showFindings(query);
    }
    if (part === "pair") once(part, makePair);
    for (const each of sections) {
      const current = each.id === part;
      each.classList.toggle("current", current);
      if (current) each.hidden = false;
    }
    const of = { article: "articles", finding: "findings" }[part] || part;
    for (const link of document.querySelectorAll("body > nav a")) {
      if (link.getAttribute("href") === `#${of}`) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
    document.body.classList.toggle("inner", part !== start);
    const heading = document.querySelector(`#${part} h2`);
    document.title = part === start ? total : `${heading.textContent} – ${total}`;
    return { heading, target, part };
  }

  function makePair() {
    if (!pair) return;
    const names = pair.names.map((each, side) => el("span", {}, el("span", { class: "side-name" }, "AB"[side]), " ", isolated(each)));
    body("pair").append(...[legendOf(pair), rows(pair.rows, names)].filter(Boolean));
  }

  document.documentElement.classList.add("js");
  document.querySelector(".skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("main").focus();
  });
  /* Where one was in a list, to come back to. */
  const left = new Map();
  history.scrollRestoration = "manual";
  document.addEventListener(
    "click",
    (event) => {
      const section = event.target.closest("main > section");
      if (section) left.set(section.id, { y: scrollY, at: event.target.closest("a, button, summary") });
    },
    true,
  );
  addEventListener("hashchange", () => {
    const { heading, target, part } = route();
    const was = left.get(part);
    if (was && was.at && was.at.isConnected && (part === "articles" || part === "findings" || part === "summary")) {
      scrollTo(0, was.y);
      was.at.focus({ preventScroll: true });
    } else if (target) {
      target.classList.add("target");
      target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "center" });
    } else {
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
  });
  route();
})();
