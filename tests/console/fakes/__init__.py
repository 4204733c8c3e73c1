"""Stand-ins for services: each ends in its own way."""
