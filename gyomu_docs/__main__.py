"""`python -m gyomu_docs` is `gyomu-docs`."""

from gyomu_docs.cli import main

if __name__ == "__main__":
    main()
