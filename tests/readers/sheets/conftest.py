"""The builders of workbooks, for tests that are collected by path."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
