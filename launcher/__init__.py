"""What run.py does before Django can: environment, look and what only tests need. Standard library only."""
