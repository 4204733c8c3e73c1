"""`make bench`: the analyzer against a plain decode, then the bus per message."""

from bench import analyzer, bus

if __name__ == "__main__":
    analyzer.main()
    bus.main()
