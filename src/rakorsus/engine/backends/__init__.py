"""Many governments at once: one partition each, on this machine's cores or on a Dask cluster.

analyse_nation(Folder.of(path), out, Local(workers=2), today=...)

The result does not depend on the backend nor on the number of workers: same folder, same bytes.
"""

from rakorsus.engine.backends.folder import Folder
from rakorsus.engine.backends.local import Local
from rakorsus.engine.backends.nation import Nation, analyse_nation

__all__ = ["Folder", "Local", "Nation", "analyse_nation"]
