// What the page does within the browser. Everything else is done on the server, by Gradio's events.

window.tanya = {
    // The button that last showed a quote. "Back to the answer" returns to it.
    origin: null,
    // The file that was given last, the file of the open paper, and whether this browser keeps that paper.
    given: null,
    file: null,
    isKept: false,
    root: document.documentElement,

    words(key) {
        return document.querySelector("#page-words")?.dataset[key] ?? "";
    },

    // Waits until `find` finds something, then calls `act` with it. Gradio shows new parts some frames later.
    once(find, act, frames = 120) {
        const found = find();
        if (found) act(found);
        else if (frames) requestAnimationFrame(() => tanya.once(find, act, frames - 1));
    },

    // Adds a new element to the page's landmark, so that screen readers find it, and returns it.
    add(name, properties) {
        const main = document.querySelector("main") ?? document.body;
        return main.appendChild(Object.assign(document.createElement(name), properties));
    },

    isNarrow() {
        return matchMedia("(max-width: 860px)").matches;
    },

    // Scrolls the paper to the mark, or to its page's top, once the page is there.
    toMarked() {
        setTimeout(() => tanya.once(() => document.querySelector("#sheets .sheet"), (sheet) => {
            const mark = sheet.parentElement.querySelector(".sheet mark:not(.found-word), .sheet .box");
            const pane = document.querySelector("#right");
            const bar = document.querySelector("#reader-bar").offsetHeight;
            pane.style.setProperty("--reader-bar-height", `${bar}px`);
            const top = (mark ?? sheet).getBoundingClientRect().top - pane.getBoundingClientRect().top;
            const above = mark ? pane.clientHeight / 3 : bar + 8;
            pane.scrollTo({top: pane.scrollTop + top - above, behavior: "instant"});
        }), 50);
    },

    // How many places are asked for and not shown yet, and whether that were several at a time.
    awaited: 0,
    isMixed: false,

    // Answers may arrive in another order than their clicks. So after several at a time, the last is asked for again.
    onShown() {
        tanya.awaited = Math.max(0, tanya.awaited - 1);
        tanya.toMarked();
        if (!tanya.isMixed || tanya.awaited) return;
        tanya.isMixed = false;
        if (tanya.origin?.isConnected) tanya.origin.click();
    },

    // On a narrow screen the paper is a sheet over the conversation.
    openSheet(button) {
        tanya.origin = button;
        tanya.isMixed ||= tanya.awaited > 0;
        tanya.awaited += 1;
        if (!tanya.isNarrow() || tanya.root.dataset.view === "read") return;
        tanya.root.dataset.sheet = "";
        tanya.once(() => document.querySelector("[data-back]"), (back) => back.focus({preventScroll: true}));
    },

    closeSheet() {
        delete tanya.root.dataset.sheet;
        if (tanya.root.dataset.view === "read") tanya.show("ask");
        if (tanya.origin?.isConnected) tanya.origin.focus();
    },

    show(view) {
        tanya.root.dataset.view = view;
        delete tanya.root.dataset.sheet;
        delete tanya.root.dataset.menu;
        tanya.markView();
    },

    isEmpty(view) {
        return document.querySelector(`#${view}-found`)?.textContent.trim() === "";
    },

    markView() {
        const view = tanya.root.dataset.view ?? "ask";
        document.querySelectorAll("[data-view]:not(:root)").forEach((button) => {
            button.ariaCurrent = button.dataset.view === view ? "page" : null;
        });
        document.querySelector("#menu-button")?.setAttribute("aria-expanded", "menu" in tanya.root.dataset);
        document.querySelectorAll("[data-keep]").forEach((box) => (box.checked = tanya.isKept));
        // If the paper is kept, a reload loses only the conversation.
        const loses = !tanya.isKept || document.querySelector("#chat .turn") !== null;
        document.querySelector("[data-own]")?.toggleAttribute("data-unsaved", loses);
    },

    // Scrolls to the newest turn, and announces its answer to screen readers. What is clicked meanwhile stays shown.
    toNewest() {
        const {origin} = tanya;
        setTimeout(() => tanya.once(() => [...document.querySelectorAll("#chat .turn")].at(-1), (turn) => {
            const pane = tanya.isNarrow() ? document.scrollingElement : document.querySelector("#view-ask");
            const base = tanya.isNarrow() ? document.querySelector("#bar").offsetHeight : pane.getBoundingClientRect().top;
            const top = turn.getBoundingClientRect().top - base;
            pane.scrollTo({top: pane.scrollTop + top - 8, behavior: "instant"});
            const said = turn.querySelector(".short, .reply > p, .quote p");
            tanya.say(said?.textContent ?? "");
            if (tanya.origin === origin) tanya.follow(turn);
        }), 50);
    },

    // On a wide screen, opens the paper at the first quote of an answer.
    follow(shown) {
        if (!tanya.isNarrow()) shown.querySelector(".reply:not(.not_in_paper) .cite")?.click();
    },

    // Scrolls to the answer of a batch's row that was opened; it may be out of sight.
    toOpened() {
        setTimeout(() => tanya.once(() => document.querySelector("#batch-opened .reply")?.parentElement, (opened) => {
            opened.scrollIntoView({block: "nearest", behavior: "instant"});
            tanya.follow(opened);
        }), 50);
    },

    say(text) {
        const properties = {id: "said", className: "sr-only", role: "status"};
        const region = document.querySelector("#said") ?? tanya.add("div", properties);
        region.textContent = text;
    },

    // Returns the question in the page's address and its paper, and removes them: a reload does not ask again.
    questionInAddress() {
        const address = new URL(location.href);
        const [question, paper] = ["q", "paper"].map((name) => address.searchParams.get(name));
        ["q", "paper"].forEach((name) => address.searchParams.delete(name));
        if (question !== null) history.replaceState(null, "", address);
        return [question, paper];
    },

    linkTo(question) {
        const at = tanya.words("at");
        const paper = at ? `paper=${at}&` : "";
        return `${location.origin}${location.pathname}?${paper}q=${encodeURIComponent(question)}`;
    },

    async copy(button, text) {
        await navigator.clipboard.writeText(text);
        const name = button.textContent;
        if (name === button.dataset.done) return;
        button.textContent = button.dataset.done;
        setTimeout(() => (button.textContent = name), 1500);
    },

    speak(language) {
        document.cookie = `tanya-language=${language}; path=/; max-age=31536000; samesite=lax`;
        location.reload();
    },

    // Closes a list that lost the focus. Gradio leaves it open, and then fails if the list gets fewer items.
    closeList(field) {
        if (!field?.matches?.("[role=combobox]")) return;
        field.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape", bubbles: true}));
    },

    // Puts a file into Gradio's box, as if it had been picked there.
    give(file) {
        const input = document.querySelector("#own-file input[type=file]");
        if (!input || !file) return;
        tanya.closeList(document.activeElement);
        const transfer = new DataTransfer();
        transfer.items.add(file);
        input.files = transfer.files;
        input.dispatchEvent(new Event("change", {bubbles: true}));
    },

    pick() {
        const input = Object.assign(document.createElement("input"), {type: "file"});
        input.addEventListener("change", () => tanya.give(input.files[0]));
        input.click();
    },
};

// A paper that is kept in this browser, and nowhere else: one file in its own database.
tanya.kept = {
    work(mode, act) {
        return new Promise((resolve) => {
            const opening = indexedDB.open("tanya", 1);
            opening.onupgradeneeded = () => opening.result.createObjectStore("papers");
            opening.onerror = () => resolve(undefined);
            opening.onsuccess = () => {
                const done = act(opening.result.transaction("papers", mode).objectStore("papers"));
                done.onsuccess = () => resolve(done.result);
                done.onerror = () => resolve(undefined);
            };
        });
    },
    keep: (file) => tanya.kept.work("readwrite", (store) => store.put(file, "own")),
    drop: () => tanya.kept.work("readwrite", (store) => store.delete("own")),
    find: () => tanya.kept.work("readonly", (store) => store.get("own")),

    // When another paper was opened, its file is the one that was given last. It is kept only if it was kept before, or
    // if the user ticks the box again. A file that is not a paper changes nothing.
    follow() {
        const at = tanya.words("at");
        if (at === tanya.at) return;
        const isFirst = tanya.at === undefined;
        tanya.at = at;
        if (isFirst) return;
        // Another paper opens in its first two views. The other views are still empty, or the paper lacks them.
        if (!["ask", "read"].includes(tanya.root.dataset.view ?? "ask")) tanya.show("ask");
        tanya.file = at ? tanya.given : null;
        if (tanya.isKept && tanya.file !== tanya.kept.found) {
            tanya.isKept = false;
            tanya.kept.drop();
        }
    },
};

// Buttons
document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button, [data-keep]");
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
        if (!menu.contains(event.target) || button?.closest("details.menu") === menu && !("keep" in button.dataset)) {
            menu.open = false;
        }
    });
    const data = button?.dataset ?? {};
    if ("copy" in data) tanya.copy(button, data.copy);
    if ("link" in data) tanya.copy(button, tanya.linkTo(data.link));
    if ("show" in data) {
        tanya.preview(null);
        tanya.openSheet(button);
    }
    if ("view" in data) tanya.show(data.view);
    if ("back" in data) tanya.closeSheet();
    if ("speak" in data) tanya.speak(data.speak);
    if ("openFile" in data) tanya.pick();
    if ("dismiss" in data) button.parentElement.remove();
    if ("judge" in data) {
        const verdicts = button.parentElement.querySelectorAll("[data-judge]");
        verdicts.forEach((verdict) => (verdict.ariaPressed = verdict === button));
    }
    if ("addFile" in data) document.querySelector("#add-file input[type=file]")?.click();
    if ("ask" in data) tanya.show("ask");
    if (button?.id === "menu-button") {
        tanya.root.toggleAttribute("data-menu");
        tanya.markView();
    }
}, true);

document.addEventListener("change", ({target}) => {
    if (target.matches("#own-file input[type=file]")) tanya.given = target.files[0] ?? tanya.given;
    if (!("keep" in target.dataset)) return;
    tanya.isKept = target.checked && Boolean(tanya.file);
    if (tanya.isKept) tanya.kept.keep(tanya.file);
    else tanya.kept.drop();
    tanya.markView();
}, true);

document.addEventListener("focusout", (event) => setTimeout(() => tanya.closeList(event.target)));

document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !event.isTrusted) return;
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
        menu.open = false;
        menu.querySelector("summary").focus();
    });
    tanya.preview(null);
    if ("sheet" in tanya.root.dataset) tanya.closeSheet();
});

// A file may be dropped anywhere.
["dragover", "drop"].forEach((name) => document.addEventListener(name, (event) => {
    delete document.body.dataset.drop;
    if (![...event.dataTransfer?.types ?? []].includes("Files") || event.target.closest?.("#batch-file")) return;
    event.preventDefault();
    if (name === "drop") tanya.give(event.dataTransfer.files[0]);
    else document.body.dataset.drop = tanya.words("dropHere");
}));
document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) delete document.body.dataset.drop;
});

// A marker shows a preview of its quote on hover and on focus.
tanya.preview = (button) => {
    let bubble = document.querySelector("#preview");
    document.querySelector("[aria-describedby=preview]")?.removeAttribute("aria-describedby");
    if (!button) return bubble?.remove();
    bubble ??= tanya.add("div", {id: "preview", role: "tooltip"});
    button.setAttribute("aria-describedby", "preview");
    bubble.textContent = button.dataset.preview;
    const place = button.getBoundingClientRect();
    const below = place.bottom + bubble.offsetHeight + 8 < innerHeight;
    bubble.style.left = `${Math.max(8, Math.min(place.left, innerWidth - bubble.offsetWidth - 8))}px`;
    bubble.style.top = `${below ? place.bottom + 4 : place.top - bubble.offsetHeight - 4}px`;
};
["pointerover", "focusin"].forEach((name) => document.addEventListener(name, (event) => {
    if (event.pointerType === "touch") return;
    const button = event.target.closest?.("[data-preview]");
    if (button) tanya.preview(button);
    else if (!event.target.closest?.("#preview")) tanya.preview(null);
}));

// What is selected in the paper can be asked about.
document.addEventListener("selectionchange", () => {
    const selection = getSelection();
    const text = String(selection).trim().replace(/\s+/g, " ");
    const inside = selection.anchorNode?.parentElement?.closest("#sheets .sheet.text");
    let offer = document.querySelector("#ask-about");
    if (!inside || text.length < 3) return offer?.remove();
    if (!offer) {
        offer = tanya.add("button", {id: "ask-about", type: "button"});
        offer.addEventListener("pointerdown", (event) => event.preventDefault());
    }
    offer.textContent = tanya.words("askAbout");
    offer.onclick = () => {
        const box = document.querySelector("#question textarea");
        box.value = tanya.words("askedAbout").replace("{text}", () => text.slice(0, 300));
        box.dispatchEvent(new Event("input", {bubbles: true}));
        offer.remove();
        tanya.show("ask");
        box.focus();
    };
    const place = selection.getRangeAt(0).getBoundingClientRect();
    offer.style.left = `${Math.max(8, Math.min(place.left, innerWidth - 180))}px`;
    offer.style.top = `${Math.max(56, place.top - 40)}px`;
});

// Whenever the server changes the page, marks the open view again. Once the page is loaded, opens a kept paper.
tanya.started = false;
new MutationObserver(() => {
    tanya.kept.follow();
    tanya.markView();
    document.querySelectorAll(".upload-container[aria-label]").forEach((box) => box.removeAttribute("aria-label"));
    const box = document.querySelector("#question textarea");
    if (tanya.started || !box || !document.querySelector("#own-file input[type=file]")) return;
    tanya.started = true;
    if (!tanya.isNarrow()) box.focus();
    tanya.kept.find().then((file) => {
        tanya.isKept = Boolean(file);
        if (!file) return;
        tanya.give(file);
        tanya.kept.found = tanya.given;
    });
}).observe(document.body, {childList: true, subtree: true});
