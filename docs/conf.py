"""The documentation site: `make docs`, then open build/docs/index.html. It loads nothing from elsewhere."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from hedui import __version__

project = "hedui 核对"
author = "hedui"
version = release = __version__
language = "zh_CN"
html_search_language = "zh"
html_search_options = {"dict": str(Path(__file__).with_name("search_words.txt"))}  # words of the field, for jieba to keep whole
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx_copybutton", "argparse_pages", "tsv_table"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_ext", "bench/README.md"]
templates_path: list[str] = []

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented"
autodoc_member_order = "bysource"
autodoc_class_signature = "separated"
add_module_names = False
default_role = "code"

html_theme = "furo"
html_title = f"hedui 核对 {__version__}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["base-stemmer.js", "chinese_stemmer.js"]
html_theme_options = {"source_repository": "", "top_of_page_buttons": []}
html_show_sphinx = False
copybutton_prompt_text = r">>> |\$ "
copybutton_prompt_is_regexp = True
