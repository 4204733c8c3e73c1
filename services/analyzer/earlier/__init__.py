"""Analyses of the earlier system (`*_unified_analysis.json`) as analyses here, as far as their evidence carries."""
