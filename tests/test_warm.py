"""What the server of reading processes loads: the rules and what they need, not torch, which stays importable."""

import subprocess
import sys

SAYS = """
import importlib.util, sys
import hedui.warm
print(sorted({"spacy", "jieba", "torch"} & sys.modules.keys()), "torch" in sys.modules)
print(importlib.util.find_spec("torch") is None or bool(__import__("torch").__version__))
"""


def test_readers_load_without_torch_which_stays_importable() -> None:
    said = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == ["['jieba', 'spacy'] False", "True"]
