"""The parts of a booklet around its sheets: 表紙, 凡例, 総括, 目次, 扉, 索引, 奥付."""

from gyomu_docs.booklet.parts.forms import BookletForms, TextTemplate, load_booklet_forms
from gyomu_docs.booklet.parts.maker import PartMaker

__all__ = ["BookletForms", "PartMaker", "TextTemplate", "load_booklet_forms"]
