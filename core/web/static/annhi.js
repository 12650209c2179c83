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

  const start = () => {
    for (const input of document.querySelectorAll("input[data-an]")) {
      (input.dataset.an === "lookup" ? lookup : slashes)(input);
      input.removeAttribute("data-an");
    }
  };

  document.addEventListener("submit", sendOnce);
  document.addEventListener("input", (event) => {
    const form = event.target.closest('form[method="post"]');
    if (form) form.dataset.dirty = "1";
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
