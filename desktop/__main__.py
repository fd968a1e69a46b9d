"""`python -m desktop`, and where the packaged program begins."""

import sys

from desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
