"""Facts of Makassar that the demonstration city is built on: agencies, areas, streets, the meeting.

Names and codes are facts from public sources (decree on region codes, the city's list of agencies,
press on the meeting of 15 March 2022). Program lines are synthetic: see `rakorsus.synth.city`.
"""
