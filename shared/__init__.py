"""What every service may use: contracts, bus, catalogue, artifacts, database, settings, telemetry, errors."""
