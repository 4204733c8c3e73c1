"""`make bench`: the analyzer against a plain decode and the obvious way, feature vectors, the bus per message, the trainer."""

from bench import analyzer, bus, features, trainer

if __name__ == "__main__":
    analyzer.main()
    features.main()
    bus.main()
    trainer.main()
