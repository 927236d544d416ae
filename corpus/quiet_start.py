"""Ctrl-C while a command's modules are imported, which may take a second: it ends like any program, with no traceback.

Each package of which there are commands imports it first. Where they are imported as a library, it changes nothing.
"""

import signal
import sys
from pathlib import Path
from typing import Final

_COMMANDS: Final = ("-m", "ui.py")  # sys.argv[0] is "-m" while Python imports the package of ``python -m``

if Path(sys.argv[0]).name in _COMMANDS and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # until `corpus.command_line.run`
