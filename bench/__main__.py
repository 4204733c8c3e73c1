"""`make bench`: the analyzer against a plain decode and the obvious way, feature vectors, then the bus per message."""

from bench import analyzer, bus, features

if __name__ == "__main__":
    analyzer.main()
    features.main()
    bus.main()
