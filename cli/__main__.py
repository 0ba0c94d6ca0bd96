"""`python -m cli` is `embargo`."""

from cli import app

app()
