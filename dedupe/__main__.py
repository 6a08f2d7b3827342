"""``python -m dedupe``."""

from dedupe.cli.main import main

if __name__ == "__main__":
    main()
