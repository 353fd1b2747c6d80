"""Lets the tests of the learned reading share their toys."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
