"""What the server of reading processes loads: the rules and what they need, none of the libraries that only models and spaCy need."""

import subprocess
import sys

SAYS = """
import gc, sys
import hedui.warm
from hedui.mentions.segmenter import segmenter
print(sorted({"spacy", "jieba", "torch", "numpy", "pandas"} & sys.modules.keys()))
print(segmenter.cache_info().currsize, gc.get_freeze_count() > 0)
"""


def test_readers_load_the_dictionary_and_no_heavy_library() -> None:
    said = subprocess.run([sys.executable, "-c", SAYS], capture_output=True, text=True, check=True).stdout.splitlines()
    assert said == ["[]", "1 True"]
