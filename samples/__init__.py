"""The sample batch: real media files made on the spot, whose engagement depends on planted creative choices."""
