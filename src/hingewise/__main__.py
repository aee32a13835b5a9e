"""``python -m hingewise``."""

from hingewise.cli.main import main

main()
