"use strict";
// Filters the changes; what is asked for stands in the address, so that a view can be sent on:
// #kind=変更,新設&section=行政活動&q=公園&at=sheet-3. Without this script the page shows all.
(() => {
  const form = document.getElementById("filters");
  const shown = document.getElementById("shown");
  const fold = (text) => text.normalize("NFKC").toLowerCase();
  const contents = new Map(
    [...document.querySelectorAll("#contents li[data-sheet]")].map((item) => [item.dataset.sheet, item]),
  );
  const articles = [...document.querySelectorAll("article")].map((element) => ({
    element,
    entry: contents.get(element.id.replace("sheet-", "")),
    department: element.dataset.department,
    kind: element.dataset.kind,
    text: element.dataset.kind ? fold(element.textContent) : "",
    title: fold(element.querySelector("h3").textContent),
    more: [...element.querySelectorAll(".more, .unchanged")],
    sections: [...element.querySelectorAll(".section")].map((section) => ({
      element: section,
      rows: [...section.querySelectorAll("tr.change")].map((row) => ({
        element: row,
        kind: row.dataset.kind,
        section: row.dataset.section,
        text: fold(row.textContent),
        again: row.classList.contains("again"),
      })),
    })),
  }));
  const total = document.querySelectorAll("tr.change").length;

  const show = (element, wanted) => element && element.toggleAttribute("data-off", !wanted);

  const asked = () => {
    const data = new FormData(form);
    return {
      kinds: data.getAll("kind"),
      section: data.get("section"),
      department: data.get("department") || "",
      text: data.get("q").trim(),
      words: fold(data.get("q")).split(/\s+/).filter(Boolean),
    };
  };

  const isActive = (wish) =>
    Boolean(wish.kinds.length || wish.section || wish.department || wish.words.length);

  const filterRows = (section, wish, title) => {
    let count = 0;
    let fresh = true;
    for (const row of section.rows) {
      const wanted =
        (!wish.kinds.length || wish.kinds.includes(row.kind)) &&
        (!wish.section || wish.section === row.section) &&
        wish.words.every((word) => row.text.includes(word) || title.includes(word));
      show(row.element, wanted);
      // A row that repeats what it is about shows it where the rows before it are hidden.
      fresh = row.again ? fresh : true;
      row.element.classList.toggle("again", row.again && !fresh);
      if (wanted) {
        fresh = false;
        count += 1;
      }
    }
    show(section.element, count > 0);
    return count;
  };

  const filterSheet = (article, wish, active) => {
    const here = !wish.department || wish.department === article.department;
    let count = 0;
    for (const section of article.sections) {
      count += here ? filterRows(section, wish, article.title) : 0;
    }
    const whole =
      article.kind && !wish.section &&
      (!wish.kinds.length || wish.kinds.includes(article.kind)) &&
      wish.words.every((word) => article.text.includes(word));
    const wanted = !active || (here && (count > 0 || Boolean(whole)));
    article.more.forEach((element) => show(element, !active));
    show(article.element, wanted);
    show(article.entry, wanted);
    return { count, wanted };
  };

  // In print the fields are left out, so that this sentence has to say what was asked for.
  const inWords = (wish) => [
    wish.kinds.join("・"), wish.section, wish.department, wish.text && `「${wish.text}」`,
  ].filter(Boolean).join("、");

  const filter = () => {
    const wish = asked();
    const active = isActive(wish);
    const results = articles.map((article) => filterSheet(article, wish, active));
    const count = results.reduce((sum, result) => sum + result.count, 0);
    const sheets = results.filter((result) => result.wanted).length;
    shown.textContent = active
      ? `${total}件のうち${count}件を表示（${sheets}シート。${inWords(wish)}）`
      : `${total}件をすべて表示`;
  };

  const address = (at) => {
    const wish = asked();
    const parts = [];
    if (wish.kinds.length) parts.push(`kind=${wish.kinds.map(encodeURIComponent).join(",")}`);
    for (const [name, value] of [
      ["section", wish.section], ["department", wish.department], ["q", wish.text],
    ]) {
      if (value) parts.push(`${name}=${encodeURIComponent(value)}`);
    }
    if (!parts.length) return at ? `#${at}` : "";
    return `#${[...parts, ...(at ? [`at=${at}`] : [])].join("&")}`;
  };

  const keep = (at, replace) => {
    const place = location.pathname + location.search + address(at);
    if (replace) history.replaceState(null, "", place);
    else history.pushState(null, "", place);
  };

  // Not form.reset(): its event comes later, when the fields may have been set again.
  const clear = () => {
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = false;
      else if (field.tagName === "SELECT") field.selectedIndex = 0;
      else if (field.type === "search") field.value = "";
    }
  };

  // Sheets get their true heights when they come near the screen, which moves what is below them.
  const settle = (target, frames) => {
    target.scrollIntoView();
    if (frames) requestAnimationFrame(() => settle(target, frames - 1));
  };

  const go = (id) => {
    const target = document.getElementById(id);
    if (!target || target.closest("[data-off]")) return;
    document.querySelectorAll(".target").forEach((row) => row.classList.remove("target"));
    if (target.matches("tr.change")) target.classList.add("target");
    target.focus({ preventScroll: true });
    settle(target, 8);
  };

  const decode = (text) => {
    try {
      return decodeURIComponent(text.replace(/\+/g, " "));
    } catch {
      return "";
    }
  };

  const read = () => {
    const hash = location.hash.slice(1);
    clear();
    let at = hash;
    if (hash.includes("=")) {
      const given = new Map(hash.split("&").map((part) => part.split("=", 2)));
      const kinds = (given.get("kind") || "").split(",").map(decode);
      form.querySelectorAll("[name=kind]").forEach((box) => (box.checked = kinds.includes(box.value)));
      for (const name of ["section", "department", "q"]) {
        const field = form.elements[name];
        if (field && given.has(name)) field.value = decode(given.get(name));
        if (field && field.selectedIndex === -1) field.selectedIndex = 0;
      }
      at = given.get("at") || "";
    }
    filter();
    const place = decode(at) || (isActive(asked()) ? "sheets" : "");
    if (place) go(place);
  };

  for (const name of ["input", "change"]) {
    form.addEventListener(name, () => { filter(); keep("", true); });
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("clear").addEventListener("click", () => { clear(); filter(); keep("", true); });
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = link.getAttribute("href").slice(1);
    // Who follows a link to what is filtered out wants to see it.
    if (document.getElementById(id).closest("[data-off]")) {
      clear();
      filter();
    }
    go(id);
    keep(id, false);
  });
  window.addEventListener("popstate", read);
  form.hidden = false;
  read();
})();
