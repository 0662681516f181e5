"""``python -m bilderatlas`` is ``bilderatlas``."""

from bilderatlas.cli import main

__all__: list[str] = []

if __name__ == "__main__":
    main()
