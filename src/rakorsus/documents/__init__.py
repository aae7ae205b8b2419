"""Official papers: numbers, letterheads, one content rendered to PDF and DOCX, and the public page
that says whether a copy is genuine. It knows no stage; stages bring kinds and contents.

How a stage makes a paper of its own:

1.  Declare the kind once, in `AppConfig.ready`:

        from rakorsus.documents.kinds import Kind, register
        register(Kind("kesepakatan", _("Kesepakatan bersama"), code="119"))

    It then stands on the page of settings (letterhead, signatory, pattern of the number, class
    code, copies, legal bases) with the kind's own values as defaults.

2.  Compose its content: a function of a `Frame` (letterhead, number or dots, date, signatory, what
    the settings say), which returns a `content.Paper` of neutral blocks:

        def compose(frame: Frame) -> Paper:
            return Paper(frame, title="…", blocks=(
                Title(("KESEPAKATAN BERSAMA", "ANTARA …")), Paragraph("Pada hari ini …"),
                Signatures((frame.signer,)),
            ))

    Texts are plain text: never markup. Whatever a user wrote is shown as written, in every format.

3.  Show a draft: `drafts.draft("kesepakatan", compose)` gives its data; `render.pdf(data)` and
    `render.docx(data)` its bytes, marked as a draft, with dots for the number.

4.  Issue it: `actions.issue(actor, "kesepakatan", subject_of(record), title, compose, base)` takes
    the next number, freezes the content with its SHA-256 and gives an `Issued`. Its files come
    from `handing.pdf(issued)` (remembers the digest of the very bytes, so that the public page
    knows this copy) and `handing.docx(issued)`.

Issuing again for the same subject and kind replaces the earlier paper; `actions.revoke` takes one
back. Numbers never repeat: counters only rise, and a number is unique in the database.
"""
