"""The findings as one page for a data scientist: nothing is fetched, every number names its rows."""
