// Small comforts on top of pages that work without any script: errors get the focus, a form is sent
// once, leaving half-typed work asks first, dates get their slashes, long lists can be searched.
(() => {
  "use strict";

  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();

  const sendOnce = (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    delete form.dataset.dirty;
    for (const button of form.querySelectorAll("button")) button.setAttribute("aria-disabled", "true");
  };

  // Coming back with the browser's arrow must find a form that can be sent again.
  const wakeForms = () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      for (const button of form.querySelectorAll("button")) button.removeAttribute("aria-disabled");
    }
  };

  const slashes = (input) => {
    const timed = input.dataset.an === "datetime";
    input.inputMode = "numeric";
    input.addEventListener("input", (event) => {
      if (!/^insert/.test(event.inputType || "") || input.selectionStart !== input.value.length) return;
      if (/^\d{2}(\/\d{2})?$/.test(input.value)) input.value += "/";
      if (timed && /^[\d/]{10}$/.test(input.value)) input.value += " ";
      if (timed && /^[\d/]{10} \d{2}$/.test(input.value)) input.value += ":";
    });
  };

  const lookup = (code) => {
    const list = document.getElementById(code.getAttribute("list"));
    const choices = list ? [...list.options].map((o) => ({ value: o.value, label: o.label })) : [];
    const box = document.createElement("div");
    const input = code.cloneNode();
    const menu = document.createElement("ul");
    let shown = [];
    let active = -1;
    let latest = 0;

    box.className = "an-lookup";
    menu.id = `${code.id}-menu`;
    menu.hidden = true;
    menu.setAttribute("role", "listbox");
    menu.setAttribute("aria-label", code.dataset.label);
    for (const name of ["list", "name", "data-an"]) input.removeAttribute(name);
    for (const [name, value] of Object.entries({
      role: "combobox", autocomplete: "off", "aria-expanded": "false",
      "aria-controls": menu.id, "aria-autocomplete": "list",
    })) input.setAttribute(name, value);
    input.value = code.dataset.chosen || code.value;
    code.type = "hidden";
    code.removeAttribute("id");
    code.after(box);
    box.append(input, menu);

    const close = () => {
      menu.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (choice) => {
      code.value = choice.value;
      input.value = choice.label;
      close();
    };
    const mark = (index) => {
      active = (index + shown.length) % shown.length;
      [...menu.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
      menu.children[active].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", menu.children[active].id);
    };
    const show = (found) => {
      shown = found.slice(0, 20);
      menu.replaceChildren(...shown.map((choice, at) => {
        const item = document.createElement("li");
        item.id = `${menu.id}-${at}`;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        item.textContent = choice.label;
        item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(choice); });
        return item;
      }));
      menu.hidden = shown.length === 0;
      active = -1;
      input.setAttribute("aria-expanded", String(!menu.hidden));
    };
    const find = async () => {
      const turn = ++latest;
      const typed = input.value.trim();
      code.value = typed;
      if (!typed) return close();
      if (!code.dataset.url) return show(choices.filter((c) => plain(`${c.value} ${c.label}`).includes(plain(typed))));
      const address = new URL(code.dataset.url, location.href);
      address.searchParams.set("q", typed);
      const answer = await fetch(address, { headers: { Accept: "application/json" } }).catch(() => null);
      if (turn === latest && answer && answer.ok) show(await answer.json());
    };
    let wait;
    input.addEventListener("input", () => { clearTimeout(wait); wait = setTimeout(find, code.dataset.url ? 250 : 0); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (menu.hidden) return;
      if (event.key === "ArrowDown") mark(active + 1);
      else if (event.key === "ArrowUp") mark(active - 1);
      else if (event.key === "Enter" && active >= 0) choose(shown[active]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  };

  // The server decides what is asked; this only mirrors it, so that a question shows when it applies.
  const iso = (text) => text.replace(/^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}).*$/, (_, d, m, y) =>
    `${y}-${m.padStart(2, "0")}-${d.padStart(2, "0")}`);

  // In a row of a list, a name is the row's own field before it is the form's.
  const answers = (form, name, row) => {
    const named = (full) => [...form.elements].filter((field) => field.name === full && !field.closest("[hidden]"));
    const own = row ? named(row + name) : [];
    return (own.length ? own : named(name))
      .filter((field) => !/^(radio|checkbox)$/.test(field.type) || field.checked)
      .map((field) => iso(field.value.trim()))
      .filter((value) => value !== "");
  };

  const number = (text) => Number(text.replace(/[.\s](?=\d{3})/g, "").replace(",", "."));
  const rows = (form, name) => [...form.querySelectorAll("[data-row]")].filter((row) =>
    row.dataset.row.startsWith(`${name}.`) && !row.closest("[hidden]")
    && [...row.querySelectorAll("input, select, textarea")].some((field) =>
      /^(radio|checkbox)$/.test(field.type) ? field.checked : field.value.trim() !== ""));
  const added = (numbers) => numbers.reduce((sum, one) => sum + (Number.isFinite(one) ? one : 0), 0);

  const values = (form, term, row) => {
    if ("answer" in term) return answers(form, term.answer, row);
    if ("count" in term) return [String(rows(form, term.count).length)];
    if ("sum" in term) {
      const [list, field] = term.sum;
      return [String(added(rows(form, list).flatMap((one) => answers(form, one.dataset.row + field)).map(number)))];
    }
    if ("total" in term) {
      const given = term.total.flatMap((name) => answers(form, name));
      return given.length ? [String(added(given.map(number)))] : [];
    }
    if ("today" in term) return [new Date().toLocaleDateString("sv-SE")];
    const value = "date" in term ? term.date : term.constant;
    if (value === null) return [];
    return [value === true ? "yes" : value === false ? "no" : String(value)];
  };

  const compare = (left, operator, right) => {
    const both = [left, right];
    const [a, b] = both.every((value) => /^-?[\d.\s]*\d(,\d+)?$/.test(value)) ? both.map(number) : both;
    return { "=": a === b, "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b }[operator];
  };

  const holds = (form, rule, row) => {
    if (rule.and) return rule.and.every((part) => holds(form, part, row));
    if (rule.or) return rule.or.some((part) => holds(form, part, row));
    if (rule.not) return !holds(form, rule.not[0], row);
    const [left, operator, right] = rule.is;
    const [ours, theirs] = [values(form, left, row), values(form, right, row)];
    if (!ours.length || !theirs.length) {
      const empty = !ours.length && !theirs.length;
      const asksForNothing = "constant" in right && right.constant === null;
      return asksForNothing && (operator === "=" ? empty : operator === "!=" && !empty);
    }
    if (operator === "!=") return !ours.includes(theirs[0]);
    return ours.some((value) => compare(value, operator, theirs[0]));
  };

  const mirror = (form) => {
    for (const question of form.querySelectorAll("[data-relevant]")) {
      const row = question.parentElement.closest("[data-row]");
      question.hidden = !holds(form, JSON.parse(question.dataset.relevant), row ? row.dataset.row : "");
    }
    for (const output of form.querySelectorAll("[data-value]")) {
      const [value] = values(form, JSON.parse(output.dataset.value), "");
      output.textContent = value === undefined ? "–" : Number(value).toLocaleString(document.documentElement.lang);
    }
    for (const part of form.querySelectorAll("fieldset.an-part")) {
      const questions = [...part.querySelectorAll(".an-question")];
      part.hidden = questions.length > 0 && questions.every((question) => question.hidden);
    }
  };

  const start = () => {
    for (const form of document.querySelectorAll("form.an-form")) mirror(form);
    for (const input of document.querySelectorAll("input[data-an]")) {
      (input.dataset.an === "lookup" ? lookup : slashes)(input);
      input.removeAttribute("data-an");
    }
  };

  document.addEventListener("submit", sendOnce);
  document.addEventListener("input", (event) => {
    const form = event.target.closest('form[method="post"]');
    if (form) {
      form.dataset.dirty = "1";
      mirror(form);
    }
  });
  window.addEventListener("pageshow", wakeForms);
  window.addEventListener("beforeunload", (event) => {
    if (document.querySelector("form[data-dirty]")) event.preventDefault();
  });
  document.addEventListener("htmx:after:swap", start);
  start();
  const errors = document.querySelector(".govuk-error-summary");
  if (errors) errors.focus();
})();
