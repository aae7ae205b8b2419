"""The engine: pure Python, no Django, no network, no clock, no global state.

The public face is `rakorsus.engine.analyse` (findings), `rakorsus.engine.intake` (files to tables)
and `rakorsus.engine.places` (text to region); the records are in `rakorsus.engine.records`, the
columns of the tables in `rakorsus.engine.schema`.
"""
