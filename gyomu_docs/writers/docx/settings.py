"""What holds for the whole document in Word (17.15): tracking of changes, Japanese typesetting."""

from __future__ import annotations

from gyomu_docs.layout.tree import Document
from gyomu_docs.writers.docx.wml import DECLARATION, NAMESPACES, attribute

_COMPATIBILITY = (
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/>"
    "<w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/>"
    "<w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
"""As Japanese Word 2013 and later set it; the mode decides where tables stand."""


def settings_xml(
    document: Document, *, compress: bool, force_tracking: bool, anonymous: bool
) -> bytes:
    """The part of the settings.

    A draft that is to come back (`document.identity`) tracks changes. `force_tracking` keeps
    tracking on, without a password (17.15.1.29); `anonymous` lets Word forget who changed what,
    and when, on saving (17.15.1.68).
    """
    tracked = document.identity is not None
    mirrored = any(section.page.mirrored for section in document.sections)
    spacing = "compressPunctuation" if compress else "doNotCompress"
    parts = [
        '<w:zoom w:percent="100"/>',
        "<w:removePersonalInformation/><w:removeDateAndTime/>" if anonymous else "",
        "<w:mirrorMargins/>" if mirrored else "",
        "<w:trackRevisions/>" if tracked else "",
        '<w:documentProtection w:edit="trackedChanges" w:enforcement="1"/>'
        if tracked and force_tracking
        else "",
        '<w:defaultTabStop w:val="840"/>',
        f'<w:characterSpacingControl w:val="{spacing}"/>',
        _COMPATIBILITY,
        f'<w:themeFontLang w:val="en-US" w:eastAsia="{attribute(document.language)}"/>',
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>',
    ]
    return f"{DECLARATION}<w:settings {NAMESPACES}>{''.join(parts)}</w:settings>".encode()
