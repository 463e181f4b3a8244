// The frame of every page: suggestions by keyboard, menus that close, copying a code, the form token for htmx.
(function () {
  "use strict";

  // htmx: every request that changes something carries Django's token.
  document.addEventListener("htmx:config:request", function (event) {
    const request = event.detail.ctx.request;
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (token && !/^(GET|HEAD)$/i.test(request.method)) request.headers["X-CSRFToken"] = token.value;
  });

  const box = document.getElementById("q");
  const list = document.getElementById("suggestions");
  if (box && list) {
    let at = -1;
    const options = () => Array.from(list.querySelectorAll("a[role=option]"));
    const point = function (index) {
      const all = options();
      at = all.length ? (index + all.length + 1) % (all.length + 1) : -1;
      if (at === all.length) at = -1;
      all.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
      if (at >= 0) {
        box.setAttribute("aria-activedescendant", all[at].id);
        all[at].scrollIntoView({ block: "nearest" });
      } else box.removeAttribute("aria-activedescendant");
    };
    const close = function () {
      list.replaceChildren();
      box.setAttribute("aria-expanded", "false");
      point(-1);
    };
    document.addEventListener("htmx:after:swap", function () {
      at = -1;
      box.removeAttribute("aria-activedescendant");
      box.setAttribute("aria-expanded", String(list.childElementCount > 0));
    });
    box.addEventListener("keydown", function (event) {
      const all = options();
      if (event.key === "ArrowDown" && all.length) point(at + 1);
      else if (event.key === "ArrowUp" && all.length) point(at < 0 ? all.length - 1 : at - 1);
      else if (event.key === "Enter" && at >= 0) all[at].click();
      else if (event.key === "Escape" && list.childElementCount) close();
      else return;
      event.preventDefault();
    });
    document.addEventListener("click", function (event) {
      if (!event.target.closest(".search")) close();
    });
    // "/" goes to the search box from anywhere but another input.
    document.addEventListener("keydown", function (event) {
      if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      event.preventDefault();
      box.focus();
    });
  }

  document.addEventListener("click", function (event) {
    document.querySelectorAll("details.drop[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    const open = event.target.closest("details.drop[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  document.querySelectorAll("button[data-copy]").forEach(function (button) {
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(button.dataset.copy).then(function () {
        button.textContent = button.dataset.done;
      });
    });
  });

  const errors = document.getElementById("errors");
  if (errors) errors.focus();
})();
