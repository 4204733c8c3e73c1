"""How right the engines are, against clips whose truth is known: `python -m bench.accuracy` (`make accuracy`)."""
