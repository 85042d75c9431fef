"""From a goal to the numbers that reach it: the same arithmetic that checks what people wrote, used to write it."""
