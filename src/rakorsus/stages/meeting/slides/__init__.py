"""Slides: what they contain is looked at by a process of its own, never by the server.

`check.check_slides(file)` takes a PDF or PPTX by its content and gives kind, number of pages and
the text of each; `pages.page_png(name, page, width)` draws a page of a stored PDF once and keeps
the image. Both ask `isolated.ask`, which starts `worker` with limits of time and memory: a file
that makes a parser fall over ends that process and nothing else.

A page of a presentation has one address for everybody who reads it (projector, hall, reading
ahead): `/rapat/acara/<item>/paparan/<page>.png`, with `?lebar=480` for a small one
(`meeting:slide`, `slides.pages.WIDTHS`).
"""
