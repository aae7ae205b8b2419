"""Measurements of the engine beside its peers, repeatable by `rakorsus bench NAME`.

Each bench is a module with `run(options) -> Report`; all contenders of a bench work on the same
input in the same run, in turn, several times. Losses are printed beside wins.
"""
