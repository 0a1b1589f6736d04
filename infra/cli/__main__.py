"""`python -m infra.cli` is `offers`."""

from infra.cli.app import main

main()
