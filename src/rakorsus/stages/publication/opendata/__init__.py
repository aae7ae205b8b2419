"""Open data: tables with their dictionary, frozen into files, described by a catalogue."""
