"""Pages that follow a meeting by server-sent events.

A small ASGI process of its own (`live.app`, started by `rakorsus serve` beside the web server) asks
the database a few times a second for the *heads* of everything that is followed, one query for all
screens, and sends what is new to all of them as the same bytes.

A stage offers something to follow by registering a `Source` (`live.topics`):

    topics.register("note", NoteSource())          # in AppConfig.ready

and a page follows by the address that `live.address.stream_of(request, ["note:12-discussion"])`
gives: a signed ticket that opens the stream for five minutes, so that the other process needs no
session. The stream speaks `text/event-stream`; each event is

    id: HEAD.HEAD            one head for each topic of the ticket, in its order
    data: {"topic": "note:12-discussion", "head": "7", "body": …}

`Last-Event-ID` (or `&sejak=`) resumes: what was missed is sent, nothing twice. `event: lagi` asks
the page to come again with a new ticket (`/rapat/langsung/?topik=…`).
"""
