"""`python -m desk` is `jejak`."""

from desk.cli import main

if __name__ == "__main__":
    main()
