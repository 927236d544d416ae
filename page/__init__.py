"""The page in the browser: the conversation on the left, the paper on the right, and what is behind them.

`page.layout` puts all parts together; `ui.py` serves what it builds. The rooms:

- `page.chat`: the conversation, its history in the browser, and how questions and answers are rendered.
- `page.reading`: the paper beside it, page by page, with the quotes marked.
- `page.views`: the findings, their charts and the glossary.
- `page.batch`: files of questions, and one question to every paper of a library.
- `page.papers`: the papers themselves: loaded, opened by a visitor, held for each session, or taken from a library.
- `page.drawing`: pictures of a PDF's pages, drawn in a process with limits.
- `page.api`: what other programs may ask.
- `page.door`: what every request passes first: limits, login, origin, uploads.

What all rooms use stands beside them: the texts in both languages (`ui_text`), which of them a browser reads
(`page_language`), pieces of HTML (`markup`), Gradio's events (`events`), who asks (`client`), logs, messages without
folders (`folders`), and files that are saved or uploaded (`saving`). What happens in the browser is in `page.js`, what
it looks like in the style sheets.
"""
