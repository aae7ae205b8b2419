"""The gateway's path, known to the pages too (which do not load the gateway's libraries)."""

PATH = "/balai/ws"
