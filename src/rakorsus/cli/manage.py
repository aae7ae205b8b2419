"""`rakorsus manage …`: Django's own commands (migrate, shell, createsuperuser, …)."""

from __future__ import annotations

import argparse

from rakorsus.cli.installation import Subparsers, open_installation


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("manage", help="Django's own commands for this installation")
    parser.add_argument("words", nargs=argparse.REMAINDER, help="the command and its arguments")


def run(options: argparse.Namespace) -> int:
    open_installation()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["rakorsus manage", *options.words])
    return 0
