"""Reports of a `Comparison`: tables on paper, redlines, a web page, a list for spreadsheets."""
