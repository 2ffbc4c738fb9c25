// Saves a draft while you write: <form data-autosave-url="…">. Keeps nothing on the machine; without it the form's own button saves.
"use strict";

{
  const REST = 1500;
  const RETRY = 10000;

  class Draft {
    constructor(form) {
      this.form = form;
      this.words = document.getElementById("autosave-words").dataset;
      this.status = document.querySelector("[data-saved-status]");
      this.unsaved = false;
      this.busy = false;
      form.addEventListener("input", () => this.touch());
      form.addEventListener("change", () => this.touch());
      form.addEventListener("submit", () => this.leave());
      window.addEventListener("online", () => this.unsaved && this.save());
      window.addEventListener("beforeunload", (event) => this.unsaved && event.preventDefault());
    }

    touch() {
      this.unsaved = true;
      this.after(REST);
    }

    leave() {
      this.unsaved = false;
      clearTimeout(this.timer);
    }

    after(pause) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.save(), pause);
    }

    async save() {
      if (this.busy) {
        this.after(REST);
        return;
      }
      this.busy = true;
      this.unsaved = false;
      try {
        await this.answer(await this.send());
      } catch {
        this.fail(this.words.offline);
      } finally {
        this.busy = false;
      }
    }

    send() {
      const data = new FormData(this.form);
      [...data.entries()].filter(([, value]) => value instanceof File).forEach(([name]) => data.delete(name));
      return fetch(this.form.dataset.autosaveUrl, {
        method: "POST",
        body: data,
        redirect: "manual",
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      });
    }

    async answer(response) {
      if (response.ok) {
        const told = await response.json();
        this.remember(told);
        this.say(this.words.saved.replace("{time}", told.saved_at), false);
      } else if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
        this.fail(this.words.loggedOut);
      } else if (response.status === 409 || response.status === 422) {
        this.say(this.words.refused, true);
      } else {
        this.fail(this.words.offline);
      }
    }

    // Which save the next one builds on, so that two who write at once are told instead of overwriting each other
    remember(told) {
      const field = this.form.elements.draft_no;
      if (field !== undefined) {
        field.value = told.draft_no;
      }
      this.form.dispatchEvent(new CustomEvent("nyvei:saved", { bubbles: true }));
    }

    fail(text) {
      this.unsaved = true;
      this.say(text, true);
      this.after(RETRY);
    }

    say(text, wrong) {
      this.status.classList.toggle("nv-bad-text", wrong);
      this.status.querySelector(".nv-icon")?.toggleAttribute("hidden", wrong);
      this.status.querySelector("span").textContent = text;
    }
  }

  document.querySelectorAll("form[data-autosave-url]").forEach((form) => new Draft(form));
}
