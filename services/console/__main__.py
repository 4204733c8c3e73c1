"""`python -m services.console`: the command line without its installed name."""

from services.console.app import main

if __name__ == "__main__":
    main()
