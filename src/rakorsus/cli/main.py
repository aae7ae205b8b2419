"""`rakorsus`: the commands of the command line.

`check`, `analyse` and `why` need neither server nor database; the others work on one installation
(`RAKORSUS_HOME`, `DATABASE_URL`; see `rakorsus.web.environment`). A command's module is imported
only when the command is called, so that a broken installation can still check files.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence

from rakorsus import __version__

#: command -> module with `add_parser(subparsers)` and `run(options) -> exit code`
COMMANDS = {
    "check": ("rakorsus.cli.check", "what each file is, what was read, what was set aside and why"),
    "analyse": ("rakorsus.cli.analyse", "findings from files, without server or database"),
    "why": ("rakorsus.cli.why", "why two lines are a finding, or why not"),
    "replay": ("rakorsus.cli.replay", "a year's files by date: what would have been warned when"),
    "rapor": ("rakorsus.cli.rapor", "report cards computed anew from the published open data"),
    "import": ("rakorsus.cli.import_files", "load files into the register and analyse"),
    "serve": ("rakorsus.cli.serve", "run the web server, the job worker and the hall"),
    "voice": ("rakorsus.cli.voice", "run Janus for the voice of the hall"),
    "demo": ("rakorsus.cli.demo", "make and run the demonstration city"),
    "synth": ("rakorsus.cli.synth", "synthetic planning data in bulk"),
    "bench": ("rakorsus.cli.bench", "measure us and our peers side by side"),
    "backup": ("rakorsus.cli.backup", "one file with everything, while running"),
    "restore": ("rakorsus.cli.restore", "an installation from its backup"),
    "audit": ("rakorsus.cli.audit", "prove the log of changes"),
    "doctor": ("rakorsus.cli.doctor", "check this installation and say what to mend"),
    "sbom": ("rakorsus.cli.sbom", "what this installation is made of, with licences"),
    "manage": ("rakorsus.cli.manage", "Django's own commands for this installation"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code (0 done, 1 findings or set-aside rows, 2 unusable)."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    parser = argparse.ArgumentParser(
        prog="rakorsus",
        description="Perangkat daerah saling mengetahui programnya. "
        "/ Agencies of a local government know each other's programs.",
    )
    parser.add_argument("--version", action="version", version=f"rakorsus {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, (module, help_text) in COMMANDS.items():
        if words[:1] == [name]:
            importlib.import_module(module).add_parser(commands)
        else:
            commands.add_parser(name, help=help_text)
    options = parser.parse_args(words)
    module = importlib.import_module(COMMANDS[options.command][0])
    try:
        return int(module.run(options))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of a pipe has gone: end quietly
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


if __name__ == "__main__":
    sys.exit(main())
