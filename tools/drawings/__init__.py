"""The drawings of the documentation: `python -m tools.drawings` writes them into docs/pictures.

Each module draws one concept. What a drawing says is computed by the checker's own code while it is drawn, never typed:
a test draws them again and compares.
"""
