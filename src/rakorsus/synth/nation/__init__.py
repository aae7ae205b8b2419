"""A synthetic nation: 38 provinces and 514 regencies and cities, with pairs planted among lines.

government("32.04", 10_000, seed=1, words="test")   one government in memory
write(folder, lines=5_000_000, seed=1, words="train")  all of them, one Parquet each
"""

from rakorsus.synth.nation.government import Government, government
from rakorsus.synth.nation.sizes import sizes
from rakorsus.synth.nation.write import write

__all__ = ["Government", "government", "sizes", "write"]
