"""Report cards of agencies, kecamatan and kelurahan, per quarter: pure functions over plain tables.

The tables (`tables.TABLES`) are published as open data, so that anyone can compute a card anew
with `rakorsus rapor FOLDER`; `figures.METHOD` is the published method.

Publishing: `published.publish({quarter: as_known(tables, quarter)})` gives the files of the inputs
(name -> frame, ready for CSV, JSON or parquet), `tables.FIGURES.publish` that of the results; each
`Table` carries the titles and meanings of its columns for a data dictionary.
"""

from rakorsus.engine.reportcard.cards import Card, cards, digest, ranked
from rakorsus.engine.reportcard.figures import LEAST, MEASURES, Figure, figures
from rakorsus.engine.reportcard.known import as_known
from rakorsus.engine.reportcard.quarters import Quarter
from rakorsus.engine.reportcard.tables import FIGURES, TABLES, Table, Tables, empty

__all__ = [
    "FIGURES",
    "LEAST",
    "MEASURES",
    "TABLES",
    "Card",
    "Figure",
    "Quarter",
    "Table",
    "Tables",
    "as_known",
    "cards",
    "digest",
    "empty",
    "figures",
    "ranked",
]
