"""``python -m infra.local run|reset|invoke|demo``.

This file must be readable by any Python 3, so that one that is too old can say so.
"""

import sys

OLDEST = (3, 11)


def main() -> int:
    """The exit code."""
    if sys.version_info < OLDEST:
        sys.stderr.write(
            "The laptop stack needs Python %d.%d or newer; this is %d.%d.\n"  # noqa: UP031  # older Pythons read it
            % (OLDEST + tuple(sys.version_info[:2]))
        )
        return 1
    from infra.local.command_line import run_command

    return run_command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
