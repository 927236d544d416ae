// What the page does in the browser by itself. Everything else is done by events that Gradio carries to the server.

window.tanya = {
    marker: null,
    origin: null,

    visible(selector) {
        return [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());
    },

    // Does something with what is found, once it is: what Gradio was told to show is there some frames later.
    once(find, act, frames = 120) {
        const found = find();
        if (found) act(found);
        else if (frames) requestAnimationFrame(() => tanya.once(find, act, frames - 1));
    },

    // Shows the mark in whichever reader is open, or else its page's top, once its page is there.
    toMarked() {
        setTimeout(() => tanya.once(() => tanya.visible(".sheet"), (sheet) => {
            const mark = tanya.visible(".sheet mark, .sheet .box");
            (mark ?? sheet).scrollIntoView({block: mark ? "center" : "start"});
        }), 50);
    },

    // Remembers the tab that the reader was opened from, and goes on from the quote there, for the keyboard, too.
    shownFrom(tab) {
        tanya.origin = {tab, focus: tanya.focus};
        tanya.toMarked();
        const next = () => tanya.visible(".sheets .tools button") ?? tanya.visible(".back");
        tanya.once(next, (button) => button.focus({preventScroll: true}));
    },

    goBack() {
        const {tab, focus} = tanya.origin ?? {};
        const button = tanya.visible(`[role=tab][id="${tab}-button"]`);
        button?.click();
        const from = focus?.isConnected ? focus : button;
        tanya.once(() => from?.checkVisibility() && from, () => from.focus());
    },

    // Shows the newest turn from its question on, and its evidence; Gradio would scroll to the end of the answer.
    toNewest() {
        setTimeout(() => {
            const asked = [...document.querySelectorAll(".chat .user-row")].filter((row) => row.checkVisibility());
            const chat = asked.at(-1)?.closest(".bubble-wrap");
            chat?.scrollTo({top: asked.at(-1).offsetTop - chat.offsetTop - 8, behavior: "smooth"});
            chat?.closest(".desk").querySelector(".evidence").scrollTo({top: 0});
        }, 50);
    },

    // Shows the evidence of the marker, or of the answer, that was clicked.
    toMarker() {
        if (!tanya.marker && String(getSelection())) return;  // text was being selected, not an answer
        const [turn, number] = tanya.marker ?? [];
        tanya.marker = null;
        const open = [...document.querySelectorAll(".evidence details[open]")];
        const details = open.find((each) => each.checkVisibility() && (!turn || each.dataset.turn === turn));
        const marked = details?.querySelector(`[data-marker="${number}"]`);
        const card = marked?.closest(".card") ?? details;
        const room = Math.min(innerHeight, details?.closest(".evidence").clientHeight);
        // At once: on its way, a smooth scroll would take a card along that was in sight already.
        card?.scrollIntoView({block: card.offsetHeight > room ? "start" : "nearest", behavior: "instant"});
        marked?.focus({preventScroll: true});
    },

    // The question in the page's address, asked once: a reload asks nothing.
    questionInAddress() {
        const address = new URL(location.href);
        const question = address.searchParams.get("q");
        address.searchParams.delete("q");
        if (question !== null) history.replaceState(null, "", address);
        return question;
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
};

document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copy], [data-link], [data-cite], [data-show], [data-speak]");
    const data = button?.dataset ?? {};
    if (data.copy !== undefined) tanya.copy(button, data.copy);
    if (data.link !== undefined) {
        tanya.copy(button, `${location.origin}${location.pathname}?q=${encodeURIComponent(data.link)}`);
    }
    // An answer that is clicked shows its evidence; to copy it is not to click it.
    if (data.copy !== undefined || data.link !== undefined) event.stopPropagation();
    if (data.cite !== undefined) tanya.marker = [data.turn, data.cite];
    if (data.show !== undefined) tanya.focus = button;
    if (data.speak !== undefined) tanya.speak(data.speak);
}, true);

// Gradio takes Enter on a button in an answer for a click on the answer, and the click that it makes for another.
document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.closest?.(".reply button")) event.stopPropagation();
}, true);

// A chart's bar opens the evidence it stands for: Vega names each bar's values in its aria-label.
document.addEventListener("click", (event) => {
    const bar = event.target.closest?.(".chart [aria-roledescription=bar]");
    if (!bar) return;
    const of = [...bar.closest(".chart").querySelectorAll("[data-bar]")]
        .filter((entry) => bar.getAttribute("aria-label").includes(`: ${entry.dataset.bar};`));
    of.forEach((entry) => (entry.open = true));
    of[0]?.scrollIntoView({block: "nearest", behavior: "smooth"});
    of[0]?.querySelector("summary").focus({preventScroll: true});
});

// Tells the style sheet once Gradio has loaded what shows answers, with the first of them.
new MutationObserver((_, observer) => {
    if (!document.querySelector(".reply")) return;
    document.documentElement.dataset.showsAnswers = "";
    observer.disconnect();
}).observe(document.body, {childList: true, subtree: true});

// Gradio calls the chat's examples a list of nothing, and names some buttons in English that their own text names.
new MutationObserver(() => {
    document.querySelectorAll(".examples[role=list]").forEach((list) => list.removeAttribute("role"));
    document.querySelectorAll(":is(.example, .upload-container)[aria-label]")
        .forEach((button) => button.removeAttribute("aria-label"));
}).observe(document.body, {childList: true, subtree: true});
