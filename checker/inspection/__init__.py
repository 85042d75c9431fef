"""What an export looks like, told from its bytes and cells: a proposal for the `source` section, with its doubts.

Nothing here is used when promises are judged: a check reads what the section says, and never guesses.
"""
