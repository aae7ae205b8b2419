"""rakorsus: a local government's agencies know each other's programs."""

__version__ = "0.1.0"
