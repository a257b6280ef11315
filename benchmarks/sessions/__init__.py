"""Random sessions of agents and people in a real repository, in which it is known who wrote each line and who answered for it.

Most lines are unlike any other, so that a line's text tells who wrote it, whatever git did to it meanwhile. Common lines (a brace, an
empty line) are in between; who wrote one of those is known where the nearest telling lines on both sides are one author's.
"""
