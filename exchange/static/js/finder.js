// The finder in the head: answers while typing; arrows choose, Enter opens, without a choice the list opens.
// GET /finder?q=… → [{"label", "detail", "url"}, …]

export function start(form) {
  const input = form.querySelector("input");
  const list = document.createElement("ul");
  let waiting;
  let asked = 0;
  let chosen = -1;

  list.className = "finder__answers";
  list.id = "finder-answers";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  form.append(list);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-autocomplete", "list");
  close();

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 120);
  });
  input.addEventListener("keydown", (event) => {
    const options = [...list.querySelectorAll('[role="option"]')];
    if (event.isComposing || list.hidden) return;
    if (event.key === "Escape") close();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(options, chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && options[chosen]) {
      event.preventDefault();
      options[chosen].querySelector("a").click();
    }
  });
  form.addEventListener("focusout", (event) => form.contains(event.relatedTarget) || close());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.target.closest("input, textarea, select, dialog")) return;
    event.preventDefault();
    input.focus();
  });

  async function ask() {
    const words = input.value.trim();
    const turn = ++asked;
    if (!words) return close();
    const response = await fetch(`${form.dataset.finder}?q=${encodeURIComponent(words)}`, {
      headers: { Accept: "application/json" },
    }).catch(() => null);
    if (turn !== asked || !response?.ok || response.redirected) return;
    show(await response.json());
  }

  function show(answers) {
    chosen = -1;
    list.replaceChildren(...(answers.length ? answers.map(option) : [nothing()]));
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function option({ label, detail, url }, index) {
    const row = document.createElement("li");
    const link = document.createElement("a");
    const quiet = document.createElement("small");
    row.id = `finder-answer-${index}`;
    row.setAttribute("role", "option");
    link.href = url;
    link.tabIndex = -1;
    quiet.textContent = detail;
    link.append(label, quiet);
    row.append(link);
    return row;
  }

  function nothing() {
    const row = document.createElement("li");
    const words = document.createElement("p");
    words.textContent = form.dataset.none;
    row.append(words);
    return row;
  }

  function choose(options, index) {
    chosen = Math.max(0, Math.min(index, options.length - 1));
    options.forEach((row, place) => row.setAttribute("aria-selected", String(place === chosen)));
    if (options[chosen]) input.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function close() {
    chosen = -1;
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}
