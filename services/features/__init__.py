"""Features: one analysis and the video's metadata become one feature row, driven by the catalogue."""
