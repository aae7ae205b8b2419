"""Places: text to region code, RW, hamlet, street and facility, with a grade of evidence.

gazetteer = Gazetteer.of(regions_of("32.04"))
parse("Kp. Beor Rt 02 Rw 09 Desa Babakan Peuteuy Kec. Cicalengka", gazetteer)
locate(programs, regions)
"""

from rakorsus.engine.places.gazetteer import Gazetteer
from rakorsus.engine.places.locate import locate
from rakorsus.engine.places.parse import parse
from rakorsus.engine.places.table import nation, province_code, regency_code, regions_of

__all__ = [
    "Gazetteer",
    "locate",
    "nation",
    "parse",
    "province_code",
    "regency_code",
    "regions_of",
]
